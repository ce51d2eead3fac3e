import { SCRIPT_FILE, type ValidationModel } from './model';

/** What whoever applies the manifests has to know of a validation. */
export function validationText({ job, namespace, targets, limit }: ValidationModel): string {
  const rows = targets.map(({ name, tracks, canary, health }) => {
    const pods = tracks
      .map(({ deployment, version, wanted }) => `${deployment} in version \`${version}\`, ${wanted} pods or more`)
      .join('; ');
    return `- ${name}: ${canary === undefined ? '' : `Canary ${canary} has come to an end; `}${pods}; ${health ? `\`${health.method} ${health.url}\`` : 'no request, since its ports speak no HTTP'}`;
  });
  const map = job.files!.name;
  const file = SCRIPT_FILE.replaceAll('.', '\\.');
  return [
    `Looks whether this is so, for at most ${limit} s:`,
    rows.join('\n'),
    `From outside of the mesh: \`kubectl get configmap -n ${namespace.name} ${map} -o jsonpath='{.data.${file}}' | sh -s -- --without-health\``,
  ].join('\n\n');
}
