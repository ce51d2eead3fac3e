import { inCidr } from './cidr';
import { onlyKnown, Unsupported } from './objects';
import { matchPath, matchString, quote } from './string-match';

/* One rule of an AuthorizationPolicy: pilot/pkg/security/authz/model/model.go and generator.go. */

type Fields = Record<string, string[] | undefined>;

export interface AuthorizationRule {
  from?: { source?: Fields }[];
  to?: { operation?: Fields }[];
  when?: { key?: string; values?: string[]; notValues?: string[] }[];
}

/** What the destination's proxy knows of a connection, and of a request if it reads one. */
export interface Attributes {
  /** Only a connection: the proxy does not look into it. */
  readonly tcp: boolean;
  /** `cluster.local/ns/a/sa/b`; none in plain text. */
  readonly principal?: string;
  readonly sourceIp?: string;
  readonly port: number;
  readonly method?: string;
  readonly path?: string;
  readonly authority?: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly requestPrincipal?: string;
  readonly claims: Readonly<Record<string, string | string[]>>;
}

interface Matcher {
  readonly httpOnly?: boolean;
  matches(value: string, attributes: Attributes, policyNamespace: string): boolean;
}

interface Condition {
  readonly matcher: Matcher;
  readonly values: readonly string[];
  readonly notValues: readonly string[];
}

function wholly(regex: string, value: string | undefined): boolean {
  return value !== undefined && new RegExp(`^(?:${regex})$`).test(value);
}

const SOURCE: Record<string, Matcher> = {
  principals: { matches: (value, { principal }) => matchString(value, principal) },
  namespaces: { matches: (value, { principal }) => wholly(`.*/ns/${value.split('*').map(quote).join('.*')}/.*`, principal) },
  serviceAccounts: {
    matches: (value, { principal }, policyNamespace) => {
      const [namespace, account] = value.includes('/') ? value.split('/') : [policyNamespace, value];
      return wholly(`.+/ns/${quote(namespace ?? '')}/(.+/|)sa/${quote(account ?? '')}(/.+)?`, principal);
    },
  },
  trustDomains: {
    matches: (value, { principal }) => wholly(`${value.split('*').map(quote).join('[^/]*')}/.*`, principal),
  },
  ipBlocks: {
    matches: (value, { sourceIp }) => {
      if (sourceIp === undefined) {
        throw new Unsupported(`ipBlocks ${value}: the source has no address; give the pod an 'ip', or the cluster a podCidr`);
      }
      return inCidr(sourceIp, value);
    },
  },
  requestPrincipals: { httpOnly: true, matches: (value, { requestPrincipal }) => matchRequestPrincipal(value, requestPrincipal) },
};

const OPERATION: Record<string, Matcher> = {
  hosts: { httpOnly: true, matches: (value, { authority }) => matchString(value, authority, { ignoreCase: true }) },
  methods: { httpOnly: true, matches: (value, { method }) => matchString(value, method) },
  paths: { httpOnly: true, matches: (value, { path }) => matchPath(value, path) },
  ports: { matches: (value, { port }) => Number(value) === port },
};

/** Issuer and subject are compared apart; the issuer may hold slashes (generator.go, requestPrincipalGenerator). */
function matchRequestPrincipal(value: string, principal: string | undefined): boolean {
  if (principal === undefined) {
    return false;
  }
  const cut = (text: string): [string, string] => {
    const index = text.lastIndexOf('/');
    return index < 0 ? [text, ''] : [text.slice(0, index), text.slice(index + 1)];
  };
  const [issuer, subject] = cut(principal);
  if (value === '*') {
    return issuer !== '' && subject !== '';
  }
  const [wantedIssuer, wantedSubject] = cut(value);
  if (!value.includes('/') && value.startsWith('*')) {
    return issuer !== '' && subject.endsWith(value.slice(1));
  }
  if (!value.includes('/') && value.endsWith('*')) {
    return subject !== '' && issuer.startsWith(value.slice(0, -1));
  }
  if (value.startsWith('*')) {
    return matchString(wantedIssuer, issuer) && subject === wantedSubject;
  }
  return issuer === wantedIssuer && (value.endsWith('*') ? matchString(wantedSubject, subject) : subject === wantedSubject);
}

function whenMatcher(where: string, key: string): Matcher {
  const bracketed = /^request\.(headers|auth\.claims)((?:\[[^[\]]+\])+)$/.exec(key);
  if (bracketed !== null) {
    const [, kind, brackets = ''] = bracketed;
    const name = brackets.slice(1, -1).split('][').join('.');
    return kind === 'headers'
      ? { httpOnly: true, matches: (value, { headers }) => matchString(value, header(headers, name)) }
      : {
          httpOnly: true,
          matches: (value, { claims }) => [claims[name] ?? []].flat().some((claim) => matchString(value, claim)),
        };
  }
  const known: Record<string, Matcher | undefined> = {
    'source.principal': SOURCE['principals'],
    'source.namespace': SOURCE['namespaces'],
    'source.serviceAccount': SOURCE['serviceAccounts'],
    'source.trustDomain': SOURCE['trustDomains'],
    'source.ip': SOURCE['ipBlocks'],
    'request.auth.principal': SOURCE['requestPrincipals'],
    'destination.port': OPERATION['ports'],
  };
  const matcher = known[key];
  if (matcher === undefined) {
    throw new Unsupported(`${where}: condition '${key}' is not evaluated here`);
  }
  return matcher;
}

function header(headers: Readonly<Record<string, string>>, name: string): string | undefined {
  return Object.entries(headers).find(([key]) => key.toLowerCase() === name.toLowerCase())?.[1];
}

const negated = (name: string): string => `not${name.charAt(0).toUpperCase()}${name.slice(1)}`;

function conditions(where: string, fields: Fields, matchers: Record<string, Matcher>): Condition[] {
  onlyKnown(
    where,
    fields,
    Object.keys(matchers).flatMap((name) => [name, negated(name)]),
  );
  return Object.entries(matchers)
    .map(([name, matcher]) => ({ matcher, values: fields[name] ?? [], notValues: fields[negated(name)] ?? [] }))
    .filter(({ values, notValues }) => values.length + notValues.length > 0);
}

interface ReadRule {
  readonly sources: readonly (readonly Condition[])[];
  readonly operations: readonly (readonly Condition[])[];
  readonly when: readonly Condition[];
}

const READ = new WeakMap<AuthorizationRule, ReadRule>();

/** Rules are never changed, and read for every flow. */
function read(where: string, rule: AuthorizationRule): ReadRule {
  const before = READ.get(rule);
  if (before) return before;
  onlyKnown(where, rule, ['from', 'to', 'when']);
  const now: ReadRule = {
    sources: (rule.from ?? []).map(({ source = {} }, i) => conditions(`${where}.from[${i}]`, source, SOURCE)),
    operations: (rule.to ?? []).map(({ operation = {} }, i) => conditions(`${where}.to[${i}]`, operation, OPERATION)),
    when: (rule.when ?? []).map(({ key = '', values = [], notValues = [] }) => ({
      matcher: whenMatcher(where, key),
      values,
      notValues,
    })),
  };
  READ.set(rule, now);
  return now;
}

/**
 * Does the rule match? On a bare connection an attribute of HTTP makes an ALLOW rule, with all of its alternatives, match
 * nothing; from a DENY rule only the attribute falls out, which leaves it wider (model.go, checkError).
 */
export function ruleMatches(
  where: string,
  rule: AuthorizationRule,
  action: 'ALLOW' | 'DENY',
  attributes: Attributes,
  policyNamespace: string,
): boolean {
  const { sources, operations, when } = read(where, rule);
  const blind = ({ matcher }: Condition): boolean => attributes.tcp && matcher.httpOnly === true;
  if (action === 'ALLOW' && [...sources.flat(), ...operations.flat(), ...when].some(blind)) {
    return false;
  }
  const holds = (condition: Condition): boolean => {
    const fits = (value: string): boolean => condition.matcher.matches(value, attributes, policyNamespace);
    return (
      blind(condition) || ((condition.values.length === 0 || condition.values.some(fits)) && !condition.notValues.some(fits))
    );
  };
  const anyOf = (alternatives: ReadRule['sources']): boolean =>
    alternatives.length === 0 || alternatives.some((all) => all.every(holds));
  return anyOf(sources) && anyOf(operations) && when.every(holds);
}
