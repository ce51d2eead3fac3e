import { fileProblems, sizeProblem } from '../banking-service/configuration';
import { parseImage } from '../banking-service/image';
import { type Problems, show } from '../kernel/errors';
import { ANYTHING, TEXT, type Shapes, mapOf } from '../kernel/shape';
import { SCRIPTS_PATH, type ToolModel } from './tool-model';

export interface LiquibaseProps {
  /** Image with Liquibase, the driver of the database, and the changelog unless `scripts` are given; by digest, or a tag that never moves. */
  readonly image: string;
  /** The changelog, from the search path on: `changelog.yaml`. */
  readonly changelog: string;
  /** The folder of the changelog in the image. @default '/liquibase/changelog', or where `scripts` are mounted */
  readonly searchPath?: string;
  /** Files that come with the manifests, by name. At most 1 MiB in all. @default - those of the image */
  readonly scripts?: Readonly<Record<string, string>>;
  /** Which changesets count, by their labels: `expand`, or `expand and !slow`. @default - all of them */
  readonly labels?: string;
  /** Which changesets count, by their contexts. @default - all of them */
  readonly contexts?: string;
  /**
   * The label of changesets that run more than once (`runAlways`, `runOnChange`), for which an init gate does not wait. Without it
   * a gate never opens behind a changeset that always runs, and pods of the former version can't start any more once the new one
   * has changed one.
   * @default - there are none
   */
  readonly repeated?: string;
}

/** What `LiquibaseProps` may hold. */
export const LIQUIBASE: Shapes<LiquibaseProps> = {
  image: ANYTHING,
  changelog: TEXT,
  searchPath: TEXT,
  scripts: mapOf(TEXT),
  labels: TEXT,
  contexts: TEXT,
  repeated: TEXT,
};

/** https://docs.liquibase.com/concepts/changelogs/attributes/labels.html */
const EXPRESSION = /^[A-Za-z0-9_.@!,() -]+$/;

/** Where `status` puts what it found: it ends with 0 whatever that is. */
const STATUS = '/tmp/liquibase-status';

/** Liquibase's command line and variables: StatusCommandStep.java and DatabaseChangelogCommandStep.java. */
export function liquibase(props: LiquibaseProps, problems: Problems): ToolModel {
  const { changelog, scripts, labels, contexts, repeated } = props;
  problems.take(() => parseImage(props.image), undefined, 'tool.image');
  problems.check(
    typeof changelog === 'string' &&
      /^[A-Za-z0-9_.-]+(\/[A-Za-z0-9_.-]+)*$/.test(changelog) &&
      !/(^|\/)\.\.(\/|$)/.test(changelog),
    `${show(changelog)} is not a changelog; write its path below the search path, like "changelog.yaml", without ".."`,
    'tool.changelog',
  );
  const searchPath = props.searchPath ?? (scripts ? SCRIPTS_PATH : '/liquibase/changelog');
  problems.check(
    /^\/[A-Za-z0-9_./-]+$/.test(searchPath),
    `${show(searchPath)} is not a folder; write it like "/liquibase/changelog"`,
    'tool.searchPath',
  );
  if (scripts) {
    fileProblems(scripts, problems, 'tool.scripts');
    sizeProblem(scripts, 'their ConfigMap', problems, 'tool.scripts');
    problems.check(
      Object.hasOwn(scripts, changelog),
      `have no ${show(changelog)}, which is the changelog; add it`,
      'tool.scripts',
    );
  }
  for (const [part, text] of Object.entries({ labels, contexts })) {
    problems.check(
      text === undefined || EXPRESSION.test(text),
      `${show(text)} is not an expression; use names, "and", "or", "!" and brackets`,
      `tool.${part}`,
    );
  }
  problems.check(
    repeated === undefined || /^[A-Za-z0-9_.-]+$/.test(repeated),
    `${show(repeated)} is not a label; use letters, digits, ".", "_" and "-"`,
    'tool.repeated',
  );
  const filter = (label: string | undefined): Record<string, string> =>
    label === undefined ? {} : { LIQUIBASE_COMMAND_LABEL_FILTER: label };
  const waitedFor = repeated === undefined ? labels : labels === undefined ? `!${repeated}` : `(${labels}) and !${repeated}`;
  const env = {
    LIQUIBASE_COMMAND_CHANGELOG_FILE: changelog,
    LIQUIBASE_SEARCH_PATH: searchPath,
    ...(contexts === undefined ? {} : { LIQUIBASE_COMMAND_CONTEXT_FILTER: contexts }),
    // Asks nothing and reports nothing: there is nobody to answer, and no way out.
    LIQUIBASE_HEADLESS: 'true',
    LIQUIBASE_ANALYTICS_ENABLED: 'false',
    LIQUIBASE_SHOW_BANNER: 'false',
  };
  return {
    name: 'Liquibase',
    image: props.image,
    // Its image keeps the program to this user: docker/Dockerfile of liquibase/liquibase.
    user: 1001,
    variables: {
      url: 'LIQUIBASE_COMMAND_URL',
      username: 'LIQUIBASE_COMMAND_USERNAME',
      password: 'LIQUIBASE_COMMAND_PASSWORD',
    },
    migrate: { command: ['liquibase', 'update'], env: { ...env, ...filter(labels) } },
    check: {
      env: { ...env, ...filter(waitedFor) },
      condition: [
        `liquibase status --verbose=false >${STATUS} || return 1`,
        `cat ${STATUS}`,
        `grep -q ' is up to date$' ${STATUS}`,
      ],
    },
    scripts,
    upTo: labels === undefined ? 'every changeset' : `changesets of ${labels}`,
  };
}
