import { Duration } from 'cdk8s';
import { AccessLogs, TraceTag, Tracing } from '../../../lib';
import { show } from '../../../lib/kernel/errors';
import { js } from '../../wrong-inputs/wrong-input';

/* O4, O5: where what a user may write ends. */

const share = (percent: number) => Tracing.sampled({ randomSamplingPercentage: percent });
const tagged = (name: string) => Tracing.sampled({ customTags: { [name]: TraceTag.literal('x') } });
const provided = (provider: string) => AccessLogs.all({ provider });
const quiet = (path: string) => AccessLogs.all({ quietPaths: [path] });
const slower = (limit: Duration) => AccessLogs.errors({ slowerThan: limit });

describe('taken', () => {
  test.each<[string, () => unknown]>([
    ['no trace at all', () => share(0)],
    ['every trace', () => share(100)],
    ['a tag of one letter', () => tagged('a')],
    ['a tag of 128 characters', () => tagged('a'.repeat(128))],
    ['a tag of every sign', () => tagged('a.b_c/d-e9')],
    ['a provider of one letter', () => provided('x')],
    ['a provider of 63 characters', () => provided(`${'x'.repeat(62)}9`)],
    ['a header of 127 characters', () => TraceTag.header('x'.repeat(127))],
    ['a header of a letter, a digit and both signs', () => TraceTag.header('x-9_y')],
    ['a variable of 127 characters', () => TraceTag.environment('_'.repeat(127))],
    ['a variable in small letters', () => TraceTag.environment('cell_9')],
    ['a quiet root', () => quiet('/')],
    ['slow from a millisecond on', () => slower(Duration.millis(1))],
  ])('%s', (_, build) => expect(build).not.toThrow());
});

const SHARE = 'is no share; write percent of the requests, from 0 to 100';
const TAG = 'is no name of a tag; use up to 128 letters, digits, ".", "_", "/" and "-", like "bank.branch"';
const PROVIDER =
  'is no name of a provider; use up to 63 letters, digits, "-", "_" and ".", as in extensionProviders of MeshConfig';
const PATH = 'is no path; write it whole, like "/healthz", in letters, digits, "-", ".", "_", "~" and "/"';
const HEADER = 'is no name of a header; write it in lower case, like "x-tenant"';
const VARIABLE = 'is no name of a variable; write it like "ISTIO_META_CLUSTER_ID"';
const LIMIT = 'must be a whole number of milliseconds, above zero';
const long = (length: number) => 'x'.repeat(length);

describe('refused', () => {
  test.each<[string, () => unknown, string, string]>([
    ['less than nothing', () => share(-0.1), 'Tracing.sampled.randomSamplingPercentage', `-0.1 ${SHARE}`],
    ['more than everything', () => share(100.1), 'Tracing.sampled.randomSamplingPercentage', `100.1 ${SHARE}`],
    ['a tag that begins with a dot', () => tagged('.a'), 'Tracing.sampled.customTags', `".a" ${TAG}`],
    ['a tag that ends with a dot', () => tagged('a.'), 'Tracing.sampled.customTags', `"a." ${TAG}`],
    ['a tag of 129 characters', () => tagged(long(129)), 'Tracing.sampled.customTags', `${show(long(129))} ${TAG}`],
    ['a provider of 64 characters', () => provided(long(64)), 'AccessLogs.all.provider', `"${long(64)}" ${PROVIDER}`],
    ['a provider that ends with a dot', () => provided('x.'), 'AccessLogs.all.provider', `"x." ${PROVIDER}`],
    ['a provider that begins with one', () => provided('.x'), 'AccessLogs.all.provider', `".x" ${PROVIDER}`],
    ['a path that begins elsewhere', () => quiet('a/b'), 'AccessLogs.all.quietPaths', `"a/b" ${PATH}`],
    ['a path with a query', () => quiet('/b?c'), 'AccessLogs.all.quietPaths', `"/b?c" ${PATH}`],
    ['slow from nothing on', () => slower(Duration.millis(0)), 'AccessLogs.errors.slowerThan', `0 ms ${LIMIT}`],
    ['an empty text on each span', () => TraceTag.literal(''), 'TraceTag.literal', '"" is empty; say what the tag holds'],
    ['a header of 128 characters', () => TraceTag.header(long(128)), 'TraceTag.header', `${show(long(128))} ${HEADER}`],
    ['a header with a space', () => TraceTag.header('x y'), 'TraceTag.header', `"x y" ${HEADER}`],
    ['a variable with a hyphen', () => TraceTag.environment('A-B'), 'TraceTag.environment', `"A-B" ${VARIABLE}`],
    ['a variable that begins with a digit', () => TraceTag.environment('9A'), 'TraceTag.environment', `"9A" ${VARIABLE}`],
    ['no text', () => TraceTag.literal(js(undefined)), 'TraceTag.literal.value', 'is missing; it must be a string'],
    ['a header without name', () => TraceTag.header(js(7)), 'TraceTag.header.name', '7 must be a string; write "7"'],
    [
      'a default of a header',
      () => TraceTag.header('x-a', js(7)),
      'TraceTag.header.defaultValue',
      '7 must be a string; write "7"',
    ],
    ['no filter', () => AccessLogs.filter(js(undefined)), 'AccessLogs.filter.expression', 'is missing; it must be a string'],
  ])('%s', (_, build, where, what) => expect(build).toThrow(new Error(`${where}: ${what}`)));
});

test('what is said of logs, traces and tags holds wherever it is used: nobody can change it', () => {
  const all = [AccessLogs.errors(), AccessLogs.inherited(), Tracing.disabled(), Tracing.sampled(), TraceTag.literal('a')];
  expect(all.every(Object.isFrozen)).toBe(true);
});
