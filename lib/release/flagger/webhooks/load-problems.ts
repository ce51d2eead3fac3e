import { type WorkloadPort, PortProtocol, isHttp } from '../../../contracts/port';
import { type Problems, show } from '../../../kernel/errors';
import type { CanaryFacts } from '../contract';
import type { ILoadTester } from '../load-tester/load-tester';
import { HEALTH_CHECK } from './ghz';
import { type LoadModel, type LoadTestProps, MARGIN } from './load-model';
import { repeatable, requestProblems } from './requests';

/** Adds what is wrong with a load test of a canary. */
export function loadProblems(model: LoadModel, props: LoadTestProps, facts: CanaryFacts, problems: Problems, part: string): void {
  const { requestsPerSecond, connections, duration, requestTimeout } = model;
  for (const [key, value, most] of [
    ['requestsPerSecond', requestsPerSecond, 10_000],
    ['connections', connections, 1000],
  ] as const) {
    problems.check(
      Number.isInteger(value) && value >= 1 && value <= most,
      `${show(value)} must be a whole number from 1 to ${most}`,
      `${part}.${key}`,
    );
  }
  const whole = problems.check(
    Number.isInteger(requestTimeout) && requestTimeout >= 1,
    `${requestTimeout} s must be a whole number of seconds from 1 on`,
    `${part}.requestTimeout`,
  );
  if (!whole) return;
  const most = facts.intervalSeconds - requestTimeout - MARGIN;
  if (
    !problems.check(
      most >= 1,
      `a request of ${requestTimeout} s leaves nothing of the ${facts.intervalSeconds} s between two looks; use a longer interval, or at most ${facts.intervalSeconds - MARGIN - 1} s`,
      `${part}.requestTimeout`,
    )
  )
    return;
  problems.check(
    Number.isInteger(duration) && duration >= 1,
    `${duration} s must be a whole number of seconds from 1 on`,
    `${part}.duration`,
  );
  problems.check(
    !(duration > most) || props.duration === undefined,
    `${duration} s, and ${requestTimeout} s for the last requests, are not over before the next look after ${facts.intervalSeconds} s, ` +
      `which would start nothing and leave an interval without requests; use at most ${most} s`,
    `${part}.duration`,
  );
}

/** Adds what is wrong with what is sent, on this port. */
export function sentProblems(
  { protocol, port }: WorkloadPort,
  tester: ILoadTester,
  props: LoadTestProps,
  problems: Problems,
  part: string,
): void {
  const { path = '/', method = 'GET', headers = {}, body, call, data, proto, idempotent } = props;
  if (!isHttp(protocol)) {
    problems.add(`sends requests, and port ${port} speaks ${protocol}; use Webhook.command with a program that speaks it`, part);
    return;
  }
  const grpc = protocol === PortProtocol.GRPC;
  const strange = Object.entries(
    grpc ? { path: props.path, method: props.method, headers: props.headers, body } : { call, data, proto },
  )
    .filter(([, value]) => value !== undefined)
    .map(([key]) => key);
  problems.check(
    strange.length === 0,
    `${strange.join(', ')} ${strange.length === 1 ? 'is' : 'are'} for ${grpc ? 'HTTP' : 'gRPC'}, and port ${port} speaks ${protocol}; ` +
      `use ${grpc ? 'call and data' : 'path, method and body'}`,
    part,
  );
  if (!grpc) {
    requestProblems({ path, method, headers, body }, problems, part);
    repeatable(method, idempotent, problems, part);
    return;
  }
  problems.check(
    call === undefined || (typeof call === 'string' && /^[A-Za-z_][\w.]*\/[A-Za-z_]\w*$/.test(call)),
    `${show(call)} is not a call of gRPC; write it like "payments.v1.Payments/List"`,
    `${part}.call`,
  );
  problems.check(
    call === undefined || call === HEALTH_CHECK || proto !== undefined,
    `${show(call)} needs its schema; name a .proto file of the load tester`,
    `${part}.proto`,
  );
  problems.check(isJson(data), 'is no JSON; use maps, lists, strings, finite numbers, true and false', `${part}.data`);
  if (proto !== undefined) problems.take(() => tester.fileAt(proto), '', `${part}.proto`);
  problems.check(
    call === undefined || call === HEALTH_CHECK || idempotent === true,
    `${show(call)} is carried out by the new version, on real data; write idempotent: true if it reads only, or is carried out once however often it is sent`,
    part,
  );
}

/** Whether JSON keeps all of it: a number that is none would be sent as null, a function or a symbol left out. */
function isJson(value: unknown): boolean {
  const lost = (one: unknown) =>
    ['function', 'symbol'].includes(typeof one) || (typeof one === 'number' && !Number.isFinite(one));
  let whole = true;
  const watch = (_key: string, one: unknown) => {
    whole &&= !lost(one);
    return one;
  };
  try {
    JSON.stringify(value, watch);
    return whole;
  } catch {
    return false;
  }
}
