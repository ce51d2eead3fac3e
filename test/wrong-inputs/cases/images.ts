import { type WrongInput, js, service } from '../wrong-input';

const image = (text: unknown) => service({ image: js(text) });
const repository = 'registry.example.com/payments';

export const images: readonly WrongInput[] = [
  {
    kind: 'moving tag',
    what: 'An image is the latest',
    build: image(`${repository}:latest`),
    message:
      'payments.image: "registry.example.com/payments:latest" has the tag "latest", which moves from image to image, so that a rollback would not roll back; write it like "registry.example.com/payments:2.4.1@sha256:<64 hex digits>"',
  },
  {
    kind: 'moving tag',
    what: 'An image has two numbers',
    build: image(`${repository}:1.2`),
    message:
      'payments.image: "registry.example.com/payments:1.2" has the tag "1.2", which moves from image to image, so that a rollback would not roll back; write it like "registry.example.com/payments:2.4.1@sha256:<64 hex digits>"',
  },
  {
    kind: 'moving tag',
    what: 'An image is stable',
    build: image(`${repository}:stable`),
    message:
      'payments.image: "registry.example.com/payments:stable" has the tag "stable", which moves from image to image, so that a rollback would not roll back; write it like "registry.example.com/payments:2.4.1@sha256:<64 hex digits>"',
  },
  {
    kind: 'moving tag',
    what: 'An image is a snapshot of Maven',
    build: image(`${repository}:2.4.1-SNAPSHOT`),
    message:
      'payments.image: "registry.example.com/payments:2.4.1-SNAPSHOT" has the tag "2.4.1-SNAPSHOT", which moves from image to image, so that a rollback would not roll back; write it like "registry.example.com/payments:2.4.1@sha256:<64 hex digits>"',
  },
  {
    kind: 'no tag',
    what: 'An image has no tag',
    build: image(repository),
    message:
      'payments.image: "registry.example.com/payments" has neither tag nor digest, so it means "latest", which is another image every day; write it like "registry.example.com/payments:2.4.1@sha256:<64 hex digits>"',
  },
  {
    kind: 'no tag',
    what: 'An image has a port and no tag',
    build: image('registry.example.com:5000/payments'),
    message:
      'payments.image: "registry.example.com:5000/payments" has neither tag nor digest, so it means "latest", which is another image every day; write it like "registry.example.com/payments:2.4.1@sha256:<64 hex digits>"',
  },
  {
    kind: 'digest',
    what: 'A digest is too short',
    build: image(`${repository}@sha256:abc123`),
    message:
      'payments.image: "registry.example.com/payments@sha256:abc123" has the digest "sha256:abc123", which is not one; write it like "registry.example.com/payments:2.4.1@sha256:<64 hex digits>"',
  },
  {
    kind: 'digest',
    what: 'A digest has capitals',
    build: image(`${repository}:2.4.1@sha256:${'A'.repeat(64)}`),
    message:
      'payments.image: "registry.example.com/payments:2.4.1@sha256:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA… has the digest "sha256:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA", which is not one; write it like "registry.example.com/payments:2.4.1@sha256:<64 hex digits>"',
  },
  {
    kind: 'digest',
    what: 'A digest is of another kind',
    build: image(`${repository}:2.4.1@md5:${'a'.repeat(32)}`),
    message:
      'payments.image: "registry.example.com/payments:2.4.1@md5:aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa" has the digest "md5:aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", which is not one; write it like "registry.example.com/payments:2.4.1@sha256:<64 hex digits>"',
  },
  {
    kind: 'image',
    what: 'A repository has capitals',
    build: image('registry.example.com/Payments:2.4.1'),
    message:
      'payments.image: "registry.example.com/Payments:2.4.1" has capitals in its repository, which no registry takes; write it like "registry.example.com/payments:2.4.1@sha256:<64 hex digits>"',
  },
  {
    kind: 'image',
    what: 'An image has a scheme',
    build: image(`https://${repository}:2.4.1`),
    message:
      'payments.image: "https://registry.example.com/payments:2.4.1" has a scheme, which an image has not; write it like "registry.example.com/payments:2.4.1@sha256:<64 hex digits>"',
  },
  {
    kind: 'image',
    what: 'An image has blanks',
    build: image(` ${repository}:2.4.1`),
    message:
      'payments.image: " registry.example.com/payments:2.4.1" has blanks, which an image has not; write it like "registry.example.com/payments:2.4.1@sha256:<64 hex digits>"',
  },
  {
    kind: 'image',
    what: 'An image has a line break',
    build: image(`${repository}:2.4.1\n`),
    message:
      'payments.image: "registry.example.com/payments:2.4.1\\n" has blanks, which an image has not; write it like "registry.example.com/payments:2.4.1@sha256:<64 hex digits>"',
  },
  {
    kind: 'image',
    what: 'A tag is longer than registries take',
    build: image(`${repository}:${'1'.repeat(129)}`),
    message:
      'payments.image: "registry.example.com/payments:1111111111111111111111111111111111111111111111… has the tag "1111111111111111111111111111111111111111111111111111111111111111111111111111…, which no registry takes; write it like "registry.example.com/payments:2.4.1@sha256:<64 hex digits>"',
  },
  {
    kind: 'image',
    what: 'An image is empty',
    build: image(''),
    message: 'payments.image: "" is not an image; write it like "registry.example.com/payments:2.4.1@sha256:<64 hex digits>"',
  },
  {
    kind: 'image',
    what: 'An image is left out',
    build: image(undefined),
    message:
      'payments.image: nothing is not an image; write it like "registry.example.com/payments:2.4.1@sha256:<64 hex digits>"',
  },
  {
    kind: 'image',
    what: 'An image is a map',
    build: image({ repository, tag: '2.4.1' }),
    message:
      'payments.image: {"repository":"registry.example.com/payments","tag":"2.4.1"} is not an image; write it like "registry.example.com/payments:2.4.1@sha256:<64 hex digits>"',
  },
  {
    kind: 'choice',
    what: 'An image is never pulled',
    build: service({ imagePullPolicy: js('Never') }),
    message: 'payments.imagePullPolicy: "Never" must be one of Always, IfNotPresent',
  },
  {
    kind: 'secret name',
    what: 'A pull secret is no name',
    build: service({ imagePullSecrets: ['Registry Login'] }),
    message:
      'payments.imagePullSecrets: "Registry Login" is not a name that Kubernetes takes; use up to 253 lower-case letters, digits, "-" and ".", starting and ending with a letter or digit',
  },
  {
    kind: 'list',
    what: 'Pull secrets are one string',
    build: service({ imagePullSecrets: js('registry-login') }),
    message: 'payments.imagePullSecrets: "registry-login" must be a list, like [...]',
  },
];
