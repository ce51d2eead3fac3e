import { show } from '../kernel/errors';

/** A container image, taken apart. */
export interface ImageReference {
  readonly text: string;
  readonly repository: string;
  readonly tag?: string;
  readonly digest?: string;
}

// https://github.com/distribution/reference/blob/main/reference.go
const NAME =
  /^(?:(?<host>[a-zA-Z0-9](?:[-a-zA-Z0-9.]*[a-zA-Z0-9])?(?::[0-9]{1,5})?)\/)?(?<path>[a-z0-9]+(?:(?:\.|_{1,2}|-+)[a-z0-9]+)*(?:\/[a-z0-9]+(?:(?:\.|_{1,2}|-+)[a-z0-9]+)*)*)$/;
const TAG = /^[A-Za-z0-9_][A-Za-z0-9_.-]{0,127}$/;
const DIGEST = /^sha256:[0-9a-f]{64}$/;

/** Three numbers, or a commit, or a date: tags that a publisher does not move. */
const IMMUTABLE_TAG = /^v?[0-9]+\.[0-9]+\.[0-9]+([-.+_][A-Za-z0-9_.-]+)?$|(^|[-_.])[0-9a-f]{7,40}$|^[0-9]{8}([-._T]?[0-9]+)*$/;

/** A build that is replaced by the next one under the same tag, whatever number stands before it. */
const MOVING_SUFFIX = /[-._](snapshot|latest|nightly|edge)$/i;

/**
 * Reads an image reference that always means the same image: by digest, or by a tag that is not moved.
 * @throws RangeError with what is wrong and what to write.
 */
export function parseImage(text: string): ImageReference {
  const fail = (why: string): never => {
    throw new RangeError(`${show(text)} ${why}; write it like "registry.example.com/payments:2.4.1@sha256:<64 hex digits>"`);
  };
  if (typeof text !== 'string') return fail('is not an image');
  if (/^[a-z]+:\/\//i.test(text)) return fail('has a scheme, which an image has not');
  if (/\s/.test(text)) return fail('has blanks, which an image has not');
  const [named = '', digest, ...more] = text.split('@');
  const colon = named.lastIndexOf(':');
  const hasTag = colon > named.lastIndexOf('/');
  const repository = hasTag ? named.slice(0, colon) : named;
  const tag = hasTag ? named.slice(colon + 1) : undefined;
  if (repository.length > 255) return fail('has a repository of more than 255 characters, which no registry takes');
  if (more.length > 0 || !NAME.test(repository)) {
    return fail(
      NAME.test(repository.toLowerCase()) ? 'has capitals in its repository, which no registry takes' : 'is not an image',
    );
  }
  if (tag !== undefined && !TAG.test(tag)) return fail(`has the tag ${show(tag)}, which no registry takes`);
  if (digest !== undefined) {
    return DIGEST.test(digest) ? { text, repository, tag, digest } : fail(`has the digest ${show(digest)}, which is not one`);
  }
  if (tag === undefined) return fail('has neither tag nor digest, so it means "latest", which is another image every day');
  if (!isImmutable(tag))
    return fail(`has the tag "${tag}", which moves from image to image, so that a rollback would not roll back`);
  return { text, repository, tag };
}

function isImmutable(tag: string): boolean {
  return IMMUTABLE_TAG.test(tag) && !MOVING_SUFFIX.test(tag);
}

/** The version label of an image: its tag, or the start of its digest where the tag says nothing that lasts. */
export function versionOf(image: ImageReference): string {
  const lasting = image.tag !== undefined && isImmutable(image.tag);
  const text = lasting ? image.tag : image.digest!.slice('sha256:'.length, 'sha256:'.length + 12);
  // A tag has no other characters than a label value, and may have more of them.
  return text.slice(0, 63).replace(/[^A-Za-z0-9]+$/, '');
}
