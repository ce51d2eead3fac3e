import { Audience, BlueGreen } from 'cdk8s-banking';

/** Requests of the synthetic traffic, and of whoever tries what comes. */
export const PREVIEW = { header: 'x-preview', value: 'green' };

const testers = Audience.header(PREVIEW.header, PREVIEW.value);

/**
 * The way from blue to green, a commit each. What a commit changes is the difference between two folders:
 * `diff -r dist/blue-green/blue-only dist/blue-green/green-staged`
 */
export const states: readonly { readonly name: string; readonly state: BlueGreen }[] = [
  // v1 has all requests; nobody knows of v2.
  { name: 'blue-only', state: BlueGreen.only('blue') },
  // v2 starts, with pods for all requests. Wait for: kubectl rollout status deployment/my-app-green -n my-app
  { name: 'green-staged', state: BlueGreen.staged('green') },
  // The synthetic traffic, and testers with its header, get v2.
  { name: 'green-preview', state: BlueGreen.preview('green', testers) },
  { name: 'green-partial', state: BlueGreen.partial('green', 10, testers) },
  // v2 has all requests. To go back, write BlueGreen.live('blue').
  { name: 'green-live', state: BlueGreen.live('green') },
  // v1 is gone.
  { name: 'green-only', state: BlueGreen.only('green') },
];
