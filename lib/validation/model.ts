import { BankingService } from '../banking-service/banking-service';
import { contentHash } from '../banking-service/configuration';
import { parseImage, versionOf } from '../banking-service/image';
import { Problems, called } from '../kernel/errors';
import {
  ANYTHING,
  PARSED,
  TEXT,
  type Shape,
  type Shapes,
  either,
  fitProps,
  listOf,
  madeBy,
  oneOf,
  propsOf,
} from '../kernel/shape';
import { GitOpsTool, PLAIN, argoCdHook } from '../jobs/delivery';
import { JOB, type JobModel, resolveJob, wholeSeconds } from '../jobs/model';
import { canBeNative, quittingByCurl } from '../jobs/proxy';
import type { ZeroTrustNamespace } from '../zero-trust/zero-trust-namespace';
import type { DeploymentValidationProps, ValidatedService } from './props';
import { validationScript } from './script';
import { type ServiceTarget, resolveTarget } from './target';

const SERVICE_MADE = madeBy(BankingService, 'new BankingService(chart, id, { … })');
const ASKED = propsOf<ValidatedService>({ service: SERVICE_MADE, path: TEXT, port: PARSED });
const SERVICE_SHAPE: Shape = either(SERVICE_MADE, {
  ...ASKED,
  what: 'a map like { service: payments, path: "/healthz" }',
  fits: (value) => ASKED.fits(value) && (value as Partial<ValidatedService>).service !== undefined,
});

const PROPS: Shapes<DeploymentValidationProps> = {
  ...JOB,
  services: listOf(SERVICE_SHAPE),
  image: ANYTHING,
  gitOps: oneOf(...Object.values(GitOpsTool)),
};

/** The props with every default filled in. Frozen. */
export interface ValidationModel {
  readonly job: JobModel;
  readonly namespace: ZeroTrustNamespace;
  readonly targets: readonly ServiceTarget[];
  /** Seconds that the script may take. */
  readonly limit: number;
  /** The script, in POSIX sh. */
  readonly script: string;
}

/** Long enough for the image to be pulled and the proxy to start, before the script does. */
const START = 120;
const LIMIT = 300;

export const SCRIPT_FOLDER = '/validation';
export const SCRIPT_FILE = 'validate.sh';

/** Validates the props and fills in the defaults. @throws ConfigError that lists every problem. */
export function resolveValidation(wanted: string, given: DeploymentValidationProps): ValidationModel {
  const problems = new Problems(called('validation', wanted));
  const props = fitProps(given, PROPS, problems);
  const services = props.services ?? [];
  problems.check(
    given.services !== undefined && given.services?.length !== 0,
    'names nothing, and a validation of nothing would always succeed; name the services that must be there',
    'services',
  );
  const image = problems.take(() => parseImage(props.image), undefined, 'image');
  problems.throwIfAny();
  const targets = services.map((one) => resolveTarget(one, problems));
  const names = targets.map(({ name }) => name);
  const twice = names.find((name, i) => names.indexOf(name) !== i);
  problems.check(twice === undefined, `names ${twice} twice; name each service once`, 'services');
  const { namespace } = targets[0]!.service;
  const elsewhere = targets.find(({ service }) => service.namespace !== namespace);
  problems.check(
    elsewhere === undefined,
    `lie in several namespaces (${namespace.name}, ${elsewhere?.service.namespace.name}), and the Job may look into its own; make a validation for each`,
    'services',
  );
  const limit = wholeSeconds(props.timeout, usualLimit(targets, props, problems), 10, 'timeout', problems);
  const delivery = props.gitOps === GitOpsTool.ARGO_CD ? argoCdHook('PostSync') : PLAIN;
  const job = resolveJob(wanted, { ...props, timeout: undefined }, { deadline: limit + START, retries: 0 }, delivery, problems);
  problems.throwIfAny();

  const script = validationScript(job.name, namespace.name, targets, limit);
  const data = { [SCRIPT_FILE]: script };
  const command = ['sh', `${SCRIPT_FOLDER}/${SCRIPT_FILE}`];
  return Object.freeze({
    job: Object.freeze({
      ...job,
      image: props.image,
      version: versionOf(image!),
      command: canBeNative(namespace.platform) ? command : quittingByCurl(command),
      // kubectl keeps what it learns of the API in its home, and the root of the container can't be written.
      env: { HOME: '/tmp' },
      secretEnv: {},
      files: { name: `${job.name}-script-${contentHash(data)}`, data, path: SCRIPT_FOLDER },
      token: true,
      undisturbed: false,
    }),
    namespace,
    targets,
    limit,
    script,
  });
}

/** A release by Flagger takes as long as its analysis. */
function usualLimit(targets: readonly ServiceTarget[], props: DeploymentValidationProps, problems: Problems): number {
  const slow = targets.filter(({ canary }) => canary !== undefined);
  const longest = slow.map(({ name, service }) => {
    const { toPromote } = service.releasePlan.course;
    problems.check(
      toPromote !== undefined || props.timeout !== undefined,
      `is missing, and the release of ${name} waits for a person; say how long to wait for both`,
      'timeout',
    );
    return toPromote?.longest ?? 0;
  });
  return LIMIT + Math.ceil(Math.max(0, ...longest));
}
