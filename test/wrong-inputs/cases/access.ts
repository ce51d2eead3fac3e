import { Mtls, Subject } from 'cdk8s-banking';
import { type WrongInput, home, js, service, several } from '../wrong-input';

const until = (day: unknown, reason: unknown = 'The old mainframe still speaks plain text') =>
  home({ mtls: Mtls.migrate({ until: js(day), reason: js(reason) }) });
const group = (name: unknown) => home({ access: { deployers: [Subject.group(js(name))] } });

export const access: readonly WrongInput[] = [
  {
    kind: 'everybody',
    what: 'A role is given to everybody',
    build: group('system:authenticated'),
    message: 'namespace "banking".access.deployers: "system:authenticated" is everybody; name a group of people',
  },
  {
    kind: 'everybody',
    what: 'A role is given to all service accounts',
    build: group('system:serviceaccounts'),
    message: 'namespace "banking".access.deployers: "system:serviceaccounts" is everybody; name a group of people',
  },
  {
    kind: 'everybody',
    what: 'A role is given to a wildcard',
    build: home({ access: { readers: [Subject.user('*')] } }),
    message: 'namespace "banking".access.readers: "*" has a wildcard, which RBAC takes literally; name one subject',
  },
  {
    kind: 'subject',
    what: 'A group has no name',
    build: group(''),
    message:
      'namespace "banking".access.deployers: "" is not the name of a group; write it as the identity provider does, without blanks around it',
  },
  {
    kind: 'subject',
    what: 'A group is a number',
    build: group(1001),
    message:
      'namespace "banking".access.deployers: 1001 is not the name of a group; write it as the identity provider does, without blanks around it',
  },
  {
    kind: 'subject',
    what: 'A service account has no namespace',
    build: home({ access: { deployers: [Subject.serviceAccount(js(undefined), 'ci')] } }),
    message:
      'namespace "banking".access.deployers: nothing is not a name that Kubernetes takes; use up to 253 lower-case letters, digits, "-" and ".", starting and ending with a letter or digit',
  },
  {
    kind: 'helper of another type',
    what: 'A subject is a string',
    build: home({ access: { readers: js(['developers']) } }),
    message:
      'namespace "banking".access.readers[0]: "developers" must be made with Subject.group("…"), Subject.user("…") or Subject.serviceAccount(…)',
  },
];

export const mtls: readonly WrongInput[] = [
  {
    kind: 'day',
    what: 'A migration has no end',
    build: until(undefined),
    message: 'namespace "banking".mtls: until nothing is not a day; write it like "2027-03-31"',
  },
  {
    kind: 'day',
    what: 'A migration ends on a day that is none',
    build: until('2027-02-30'),
    message: 'namespace "banking".mtls: until "2027-02-30" is not a day; write it like "2027-03-31"',
  },
  {
    kind: 'day',
    what: 'A migration ends on the first of the fourth, or the fourth of the first',
    build: until('01/04/2027'),
    message: 'namespace "banking".mtls: until "01/04/2027" is not a day; write it like "2027-03-31"',
  },
  {
    kind: 'reason',
    what: 'A migration has a reason that is too short',
    build: until('2027-03-31', 'legacy'),
    message:
      'namespace "banking".mtls: a PERMISSIVE step needs a reason of at least ten characters, got "legacy"; say what still speaks plain text',
  },
  {
    kind: 'reason',
    what: 'A migration has neither day nor reason',
    build: home({ mtls: Mtls.migrate(js(undefined)) }),
    message: several(
      'namespace "banking".mtls: until nothing is not a day; write it like "2027-03-31"',
      'namespace "banking".mtls: a PERMISSIVE step needs a reason of at least ten characters, got nothing; say what still speaks plain text',
    ),
  },
  {
    kind: 'helper of another type',
    what: 'A mode is a string',
    build: home({ mtls: js('PERMISSIVE') }),
    message: 'namespace "banking".mtls: "PERMISSIVE" must be made with Mtls.strict() or Mtls.migrate({ … })',
  },
  {
    kind: 'no such port',
    what: 'An exception names a port that is not there',
    build: service({ mtlsExceptions: [{ port: 9090, reason: 'Scraped by the old Nagios' }] }),
    message: 'payments.mtlsExceptions: names port 9090, which the workload does not have; it has 8080',
  },
  {
    kind: 'reason',
    what: 'An exception has no reason',
    build: service({ mtlsExceptions: js([{ port: 8080 }]) }),
    message:
      'payments.mtlsExceptions: port 8080 needs a reason of at least ten characters, got nothing; say who calls it in plain text, and why',
  },
  {
    kind: 'choice',
    what: 'An exception has an unknown mode',
    build: service({ mtlsExceptions: [{ port: 8080, mode: js('OFF'), reason: 'Scraped by the old Nagios' }] }),
    message: 'payments.mtlsExceptions[0].mode: "OFF" must be one of PERMISSIVE, DISABLE',
  },
];
