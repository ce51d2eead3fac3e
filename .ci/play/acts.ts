import { type Check, checks, passes } from './analysis';
import type { Played } from './bank';
import { type FiringAlert, pause } from './prometheus';
import type { Stage } from './stage';
import { BAD, FAILING, LOOK, PATIENCE, RELEASE, STEP, WEIGHT } from './story';
import { at } from './steps';

const ALERT = 'AvailabilityBudgetBurn';
/** Between two evaluations of the rules. */
const EVALUATION = 30;
/**
 * How far apart the two may be: they read proxies that are scraped at different times, and the page reads what one evaluation has
 * recorded in the next; and the minute by which rates over two minutes lag, which is Flagger's interval, too.
 */
const ALLOWED = STEP + 2 * EVALUATION + LOOK;

/** When something was seen for the first time, in seconds of the play. */
interface Seen {
  query?: number;
  look?: number;
  alert?: FiringAlert & { readonly seen: number };
}

/**
 * Plays to the end, and says what did not happen as it should. Flagger is played too: it looks once a minute, by the queries of
 * the Canary, and what it measures is what is scraped of it.
 */
export async function play(played: Played, stage: Stage, tell: (line: string) => void): Promise<string[]> {
  const list = checks(played);
  const rate = list.find(({ metric }) => metric === 'request-success-rate')!;
  const seen: Seen = {};
  const wrong: string[] = [];
  let looks = Math.max(1, Math.ceil((stage.clock() - RELEASE) / LOOK));
  let weight = -1;
  while (stage.clock() < BAD + PATIENCE) {
    const t = stage.clock();
    const now = at(WEIGHT, t);
    if (now !== weight) tell(`${second(t)}  the canary gets ${now * 100} % of the requests`);
    weight = now;
    if (t >= RELEASE + looks * LOOK) {
      const failed = await look(list, stage, tell, looks);
      if (failed && t > BAD) seen.look ??= t;
      if (failed && t < BAD) wrong.push(`a check of the canary fails at second ${t.toFixed(0)}, and it went bad at ${BAD}`);
      looks += 1;
    }
    const value = await one(stage, rate.query);
    if (value !== undefined && !passes(rate, value) && t > BAD && seen.query === undefined) {
      seen.query = t;
      tell(`${second(t)}  the success rate of the canary's analysis is ${value.toFixed(2)} %, below ${rate.min} %`);
    }
    seen.alert ??= await firing(stage, tell);
    if (seen.query !== undefined && seen.look !== undefined && seen.alert) break;
    await pause(1000 - (Date.now() % 1000));
  }
  // What Flagger has measured is to be scraped.
  await pause(STEP * 1000 + 2000);
  const others = (await stage.prometheus.alerts()).filter(({ state }) => state === 'firing');
  tell(`all that fires: ${[...new Set(others.map(named))].sort().join('; ')}`);
  return [...wrong, ...judged(seen, rate, tell)];
}

const named = ({ labels }: FiringAlert): string =>
  [labels.alertname, labels.service ?? labels.namespace, labels.severity, labels.long].filter(Boolean).join(' ');

const second = (t: number): string => `second ${t.toFixed(0).padStart(3)}`;

async function one(stage: Stage, query: string): Promise<number | undefined> {
  const value = (await stage.prometheus.query(query))[0]?.value?.[1];
  const number = value === undefined ? NaN : Number(value);
  return Number.isNaN(number) ? undefined : number;
}

/** What Flagger does once an interval. @returns whether a check failed */
async function look(list: readonly Check[], stage: Stage, tell: (line: string) => void, number: number): Promise<boolean> {
  const said: string[] = [];
  let failed = false;
  for (const check of list) {
    const value = await one(stage, check.query);
    // Flagger waits where there is no value.
    if (value === undefined) continue;
    stage.measured.current = { ...stage.measured.current, [check.metric]: value };
    const good = passes(check, value);
    failed ||= !good;
    said.push(`${check.metric} ${value.toFixed(2)}${good ? '' : `, which fails (${bound(check)})`}`);
  }
  tell(`${second(stage.clock())}  look ${number}: ${said.join('; ') || 'no values yet'}`);
  return failed;
}

const bound = ({ min, max }: Check): string => (min === undefined ? `at most ${max}` : `at least ${min}`);

async function firing(stage: Stage, tell: (line: string) => void): Promise<Seen['alert']> {
  const alerts = await stage.prometheus.alerts();
  const found = alerts.find(
    ({ state, labels }) =>
      state === 'firing' &&
      labels.alertname === ALERT &&
      labels.service === 'payments' &&
      labels.severity === 'page' &&
      labels.long === '1h',
  );
  if (!found) return undefined;
  const seen = stage.clock();
  tell(`${second(seen)}  ${ALERT} fires: ${found.annotations.summary}`);
  tell(`            ${found.annotations.description}`);
  return { ...found, seen };
}

/** The table at the end, and what is wrong with it. */
function judged({ query, look: failed, alert }: Seen, rate: Check, tell: (line: string) => void): string[] {
  const after = (t: number | undefined) => (t === undefined ? 'never' : `${(t - BAD).toFixed(0)} s`);
  const rows = [
    [`every second request that the canary gets fails: ${FAILING * 100} % of all`, '0 s'],
    [`the query of request-success-rate is below ${rate.min} %`, after(query)],
    ['Flagger looks, and counts a failed check', after(failed)],
    [`${ALERT} (page, 1 h and 5 min) of payments fires`, after(alert?.seen)],
  ];
  tell('');
  tell(`| ${'seconds after the canary went bad'.padEnd(66)} |        |`);
  tell(`| ${'-'.repeat(66)} | -----: |`);
  for (const [what, when] of rows) tell(`| ${what!.padEnd(66)} | ${when!.padStart(6)} |`);
  tell('');
  if (query === undefined || alert === undefined) return ['one of the two did not happen'];
  const apart = Math.abs(alert.seen - query);
  return apart <= ALLOWED ? [] : [`they are ${apart.toFixed(0)} s apart, more than ${ALLOWED} s`];
}
