import { MetricProvider } from '../../../lib';
import { linesOf } from '../said';

/* What Flagger needs to ask a source of metrics (rule 19), and what must not stand in a manifest. */

/** What making a provider says, a line each. */
const made = (make: () => MetricProvider) => linesOf(make);

test.each<[string, () => MetricProvider, string[]]>([
  [
    'Prometheus with everything',
    () =>
      MetricProvider.prometheus({
        address: 'http://prometheus.monitoring/',
        secret: 'a.b',
        headers: { 'X-Scope-OrgID': 'bank 7' },
      }),
    [],
  ],
  [
    'a Secret with capitals',
    () => MetricProvider.prometheus({ secret: 'Prom' }),
    [
      'metric provider prometheus.secret: "Prom" is not a name that Kubernetes takes; use up to 253 lower-case letters, digits, "-" and ".", starting and ending with a letter or digit',
    ],
  ],
  [
    'a header of two words',
    () => MetricProvider.prometheus({ headers: { 'X Scope': 'a' } }),
    ['metric provider prometheus.headers: "X Scope": "a" is not a header; use letters, digits and "-", and a printable value'],
  ],
  [
    'a header of two lines',
    () => MetricProvider.prometheus({ headers: { 'X-Scope': 'a\nb' } }),
    [
      'metric provider prometheus.headers: "X-Scope": "a\\nb" is not a header; use letters, digits and "-", and a printable value',
    ],
  ],
  [
    'a header that says nothing',
    () => MetricProvider.prometheus({ headers: { 'X-Scope': '' } }),
    ['metric provider prometheus.headers: "X-Scope": "" is not a header; use letters, digits and "-", and a printable value'],
  ],
  [
    'a credential in a header',
    () => MetricProvider.prometheus({ headers: { Authorization: 'Bearer a' } }),
    [
      'metric provider prometheus.headers: Authorization carries a credential, and manifests are committed to Git; put it into a Secret and name it in secret',
    ],
  ],
  [
    'an unknown prop',
    () => MetricProvider.prometheus({ region: 'eu-central-1' } as never),
    ['metric provider prometheus: there is no prop "region"; there are address, secret, headers, skipTlsVerification'],
  ],
  [
    'a certificate of anybody without a reason',
    () => MetricProvider.graphite({ address: 'https://g.a', skipTlsVerification: { accept: 'why' } }),
    [
      'metric provider graphite.skipTlsVerification: needs a reason of at least ten characters, got "why"; write { accept: \'why any certificate is fine\' }',
    ],
  ],
  [
    'InfluxDB without anything',
    () => MetricProvider.influxDb({} as never),
    [
      'metric provider influxdb.address: is missing; it must be the address of its API',
      'metric provider influxdb.secret: is missing; it must be the name of a Secret',
    ],
  ],
  [
    'Datadog without anything',
    () => MetricProvider.datadog({} as never),
    ['metric provider datadog.secret: is missing; it must be the name of a Secret'],
  ],
  [
    'Stackdriver without anything',
    () => MetricProvider.stackdriver({} as never),
    ['metric provider stackdriver.secret: is missing; it must be the name of a Secret'],
  ],
  [
    'CloudWatch without anything',
    () => MetricProvider.cloudWatch({} as never),
    ['metric provider cloudwatch.region: is missing; it must be a region of AWS'],
  ],
  [
    'New Relic without anything',
    () => MetricProvider.newRelic({} as never),
    ['metric provider newrelic.secret: is missing; it must be the name of a Secret'],
  ],
  [
    'Graphite without anything',
    () => MetricProvider.graphite({} as never),
    ['metric provider graphite.address: is missing; it must be the address of its API'],
  ],
  [
    'Dynatrace without anything',
    () => MetricProvider.dynatrace({} as never),
    [
      'metric provider dynatrace.address: is missing; it must be the address of its API',
      'metric provider dynatrace.secret: is missing; it must be the name of a Secret',
    ],
  ],
  [
    'Splunk without anything',
    () => MetricProvider.splunk({} as never),
    [
      'metric provider splunk.address: is missing; it must be the address of its API',
      'metric provider splunk.secret: is missing; it must be the name of a Secret',
    ],
  ],
  ['a region of the government', () => MetricProvider.cloudWatch({ region: 'us-gov-west-1' }), []],
  [
    'a zone for a region',
    () => MetricProvider.cloudWatch({ region: 'eu-central-1a' }),
    ['metric provider cloudwatch.region: "eu-central-1a" is not a region; write it like "eu-central-1"'],
  ],
  [
    'a region with something before it',
    () => MetricProvider.cloudWatch({ region: 'aws:eu-central-1' }),
    ['metric provider cloudwatch.region: "aws:eu-central-1" is not a region; write it like "eu-central-1"'],
  ],
  [
    'a region that is a number',
    () => MetricProvider.cloudWatch({ region: 7 as never }),
    ['metric provider cloudwatch.region: 7 is not a region; write it like "eu-central-1"'],
  ],
  ["Splunk's stream", () => MetricProvider.splunk({ address: 'wss://stream.eu0.signalfx.com', secret: 'a' }), []],
  [
    "Splunk's pages",
    () => MetricProvider.splunk({ address: 'https://app.eu0.signalfx.com/', secret: 'a' }),
    [
      'metric provider splunk.address: "https://app.eu0.signalfx.com/" is not Splunk\'s API; write it like "https://api.<realm>.signalfx.com"',
      'metric provider splunk.address: "https://app.eu0.signalfx.com/" ends with "/", and a path is put behind it; leave the "/" out',
    ],
  ],
  [
    "somebody else's path to Splunk",
    () => MetricProvider.splunk({ address: 'https://a.example.com/https://api.eu0.signalfx.com', secret: 'a' }),
    [
      'metric provider splunk.address: "https://a.example.com/https://api.eu0.signalfx.com" is not Splunk\'s API; write it like "https://api.<realm>.signalfx.com"',
    ],
  ],
  [
    'Splunk without TLS',
    () => MetricProvider.splunk({ address: 'http://api.eu0.signalfx.com', secret: 'a' }),
    [
      'metric provider splunk.address: "http://api.eu0.signalfx.com" is neither wss nor https; write it like "https://approvals.example.com/canary"',
    ],
  ],
  [
    'Datadog with a slash at its end',
    () => MetricProvider.datadog({ address: 'https://api.datadoghq.eu/', secret: 'a' }),
    [
      'metric provider datadog.address: "https://api.datadoghq.eu/" ends with "/", and a path is put behind it; leave the "/" out',
    ],
  ],
  ['Graphite with a slash at its end', () => MetricProvider.graphite({ address: 'https://g.a/' }), []],
  ['InfluxDB with a slash at its end', () => MetricProvider.influxDb({ address: 'https://g.a/', secret: 'a' }), []],
  ['external metrics with a slash at its end', () => MetricProvider.externalMetrics({ address: 'https://g.a/' }), []],
  [
    'an address that is none',
    () => MetricProvider.graphite({ address: 7 as never }),
    ['metric provider graphite.address: 7 is not a URL; write it like "https://approvals.example.com/canary"'],
  ],
  [
    'an address of an object',
    () => MetricProvider.graphite({ address: new URL('http://g.a') as never }),
    ['metric provider graphite.address: an instance of URL is not a URL; write it like "https://approvals.example.com/canary"'],
  ],
  [
    'an address after a blank',
    () => MetricProvider.graphite({ address: ' http://g.a' }),
    ['metric provider graphite.address: " http://g.a" has blanks or characters outside ASCII; write them percent-encoded'],
  ],
  [
    'an address before a blank',
    () => MetricProvider.graphite({ address: 'http://g.a ' }),
    ['metric provider graphite.address: "http://g.a " has blanks or characters outside ASCII; write them percent-encoded'],
  ],
  [
    'an address with a blank',
    () => MetricProvider.graphite({ address: 'http://g.a/b c' }),
    ['metric provider graphite.address: "http://g.a/b c" has blanks or characters outside ASCII; write them percent-encoded'],
  ],
  [
    'an address with a letter outside of ASCII',
    () => MetricProvider.graphite({ address: 'http://g.a/ä' }),
    ['metric provider graphite.address: "http://g.a/ä" has blanks or characters outside ASCII; write them percent-encoded'],
  ],
  [
    'an address with a name of a user',
    () => MetricProvider.graphite({ address: 'http://me@g.a' }),
    [
      'metric provider graphite.address: "http://me@g.a" has credentials in it, and manifests are committed to Git; let the receiver hold them',
    ],
  ],
  [
    'an address with a password',
    () => MetricProvider.graphite({ address: 'http://:you@g.a' }),
    [
      'metric provider graphite.address: "http://:you@g.a" has credentials in it, and manifests are committed to Git; let the receiver hold them',
    ],
  ],
  [
    'an address with an empty name',
    () => MetricProvider.graphite({ address: 'http://@g.a' }),
    [
      'metric provider graphite.address: "http://@g.a" has credentials in it, and manifests are committed to Git; let the receiver hold them',
    ],
  ],
  [
    'an address with a fragment',
    () => MetricProvider.graphite({ address: 'http://g.a/#b' }),
    ['metric provider graphite.address: "http://g.a/#b" has a fragment, which is never sent; leave it out'],
  ],
  [
    'an address with an empty fragment',
    () => MetricProvider.graphite({ address: 'http://g.a/#' }),
    ['metric provider graphite.address: "http://g.a/#" has a fragment, which is never sent; leave it out'],
  ],
  [
    'an address of another scheme',
    () => MetricProvider.graphite({ address: 'ftp://g.a' }),
    [
      'metric provider graphite.address: "ftp://g.a" is neither http nor https; write it like "https://approvals.example.com/canary"',
    ],
  ],
])('a provider: %s', (_what, given, problems) => {
  expect(made(given)).toEqual(problems);
});
