import { join } from 'node:path';
import { type ApiObject, App, type AppProps, YamlOutputType } from 'cdk8s';
import { ConfigError, type Problem, Problems, show } from '../kernel/errors';
import { ANYTHING, FLAG, TEXT, type Shapes, fitProps, listOf } from '../kernel/shape';
import { collisions, watchCollisions, withoutWatch } from './collisions';
import { Stage, type Environment } from './environment';
import { liveJumps, liveProblems } from './live';
import { describe, type Manifest } from './manifest';
import { inOneSynth } from './once';
import { WEAKER_ANNOTATION, weakerThan } from './stages/weaker';
import { CONSTRUCT_METADATA, constructMetadata } from './synthesis/construct-metadata';
import { nameProblem } from './synthesis/file-names';
import type { Section } from './sections';
import { gather, type Gathered, type Placed, type PlacedNote } from './synthesis/gather';
import { inOrder, layOut } from './synthesis/layout';
import { distinct, readme } from './synthesis/readme';
import type { TextFile } from './synthesis/text-files';
import { writeFiles } from './synthesis/write';
import { toYaml } from './synthesis/yaml';

export interface GitOpsAppProps extends AppProps {
  /**
   * Also print what the README.md of each folder says (prerequisites, warnings, release plans) when it is written.
   * @default false
   */
  readonly printReadme?: boolean;
  /**
   * The folder that all apps of one `cdk8s synth` share.
   * @default CDK8S_OUTDIR, which the cdk8s CLI sets, or else `dist`
   */
  readonly outdir?: string;
  /**
   * This app's own folder below it, such as `bank` or `teams/bank`, so that apps do not overwrite one another.
   * @default none: the files stand in `outdir`
   */
  readonly folder?: string;
  /**
   * The folder that `outdir` was in the commit that is applied now, checked out elsewhere. What would drop requests on the way
   * from there is then an error. Leave it out for a change that is meant to, and for the first one.
   * @default - nothing is compared
   */
  readonly live?: string;
  /** @default .yaml */
  readonly outputFileExtension?: string;
  /** @default YamlOutputType.FILE_PER_CHART */
  readonly yamlOutputType?: YamlOutputType;
}

const PROPS: Shapes<GitOpsAppProps> = {
  printReadme: FLAG,
  outdir: TEXT,
  folder: TEXT,
  live: TEXT,
  outputFileExtension: TEXT,
  yamlOutputType: ANYTHING,
  resolvers: listOf(ANYTHING),
  recordConstructMetadata: FLAG,
};

/**
 * A cdk8s App whose output can be committed and applied by a GitOps tool. It reads the tree once, whatever the number of
 * charts, reports every problem in one ConfigError, and writes nothing when there is one. File names and the order in a
 * file follow from ids and objects alone, so that a change of one thing shows as the change of one thing.
 *
 * Files are `<outdir>/<folder>/<environment>/<chart id>.yaml`. Objects that were handed over stand in a folder named for
 * their namespace, and notes in the README.md of the environment.
 */
export class GitOpsApp extends App {
  /** The app's folder below `outdir`; empty when it has none. */
  readonly folder: string;
  private readonly recordsMetadata: boolean;
  private readonly printsReadme: boolean;
  private readonly live?: string;
  private warned = false;

  /** @throws ConfigError when the folder or the extension is not safe */
  constructor(given: GitOpsAppProps = {}) {
    const problems = new Problems('app');
    const props = fitProps(given, PROPS, problems);
    super({ ...props, outputFileExtension: props.outputFileExtension ?? '.yaml' });
    this.folder = props.folder ?? '';
    for (const part of this.folder === '' ? [] : this.folder.split('/')) {
      const problem = nameProblem(part);
      problems.check(problem === undefined, `${problem}; the folder is below outdir, as in "teams/bank"`, 'folder');
    }
    problems.check(
      /^(\.[A-Za-z0-9]+)*\.ya?ml$/.test(this.outputFileExtension),
      `${show(this.outputFileExtension)} is no extension of a manifest; use ".yaml", or one that ends like it`,
      'outputFileExtension',
    );
    problems.check(
      YamlOutputType[this.yamlOutputType] !== undefined,
      `${show(this.yamlOutputType)} is unknown; use a member of YamlOutputType`,
      'yamlOutputType',
    );
    if (props.live !== undefined) liveProblems(props.live, this.outdir, problems);
    problems.throwIfAny();
    this.live = props.live;
    // The cdk8s CLI asks for it by the variable, when a validation plugin wants it.
    this.recordsMetadata = props.recordConstructMetadata ?? process.env.CDK8S_RECORD_CONSTRUCT_METADATA === 'true';
    this.printsReadme = props.printReadme ?? false;
    watchCollisions(this);
  }

  /**
   * Writes all manifests.
   * @throws ConfigError with every problem of the app; then nothing was written
   */
  override synth(): void {
    inOneSynth(() => this.write());
  }

  private write(): void {
    const gathered = this.check();
    const { files, problems } = layOut(gathered, { type: this.yamlOutputType, extension: this.outputFileExtension });
    const found = [...gathered.problems, ...problems];
    if (found.length > 0) throw new ConfigError(found);
    const readmes = this.readmes(gathered);
    const written: TextFile[] = [
      ...files.flatMap(({ path, objects }) => {
        const selected = this.selected(objects);
        if (selected.length === 0) return [];
        return { path: join(...path), text: () => toYaml(selected.map((o) => o.json)) };
      }),
      ...readmes,
    ];
    const beside: TextFile[] = [];
    if (this.recordsMetadata) {
      const text = constructMetadata(join(this.outdir, CONSTRUCT_METADATA), this.selected(gathered.objects));
      beside.push({ path: CONSTRUCT_METADATA, text: () => text });
    }
    this.warn(gathered);
    writeFiles(this.outdir, this.folder, written, beside);
    if (this.printsReadme) process.stdout.write(readmes.map(({ text }) => text()).join('\n'));
  }

  /**
   * All manifests as one text.
   * @throws ConfigError with every problem of the app
   */
  override synthYaml(): string {
    return inOneSynth(() => this.yaml());
  }

  private yaml(): string {
    const gathered = this.check();
    const { objects, problems } = inOrder(gathered.objects, gathered.edges, true);
    const found = [...gathered.problems, ...problems];
    if (found.length > 0) throw new ConfigError(found);
    this.warn(gathered);
    return toYaml(this.selected(objects).map((o) => o.json));
  }

  /**
   * Whether an object is written. Every object is checked, written or not: an app that shows only a part of what it says,
   * such as an example, overrides this.
   */
  protected selects(_object: ApiObject): boolean {
    return true;
  }

  private selected(objects: readonly Placed[]): Placed[] {
    return objects.filter(({ object }) => this.selects(object));
  }

  /** All that the tree says, with the problems of single objects and of objects among one another. */
  private check(): Gathered {
    const gathered = withoutWatch(this, () => gather(this));
    const clashing = collisions(
      gathered.objects.map(({ json: { apiVersion, kind, metadata }, object, environment }) => ({
        apiVersion,
        kind,
        metadata,
        path: object.node.path,
        environment: environment?.name,
      })),
    );
    const notes = [...gathered.notes, ...gathered.objects.flatMap(acceptedWeakness)];
    const jumps = this.live === undefined ? [] : liveJumps(this.live, this.folder, gathered);
    return { ...gathered, notes, problems: [...gathered.problems, ...clashing, ...comparedStages(gathered), ...jumps] };
  }

  /** Whether a section is written; an app that shows only a part of what it says overrides this, too. */
  protected selectsSection(_section: Section): boolean {
    return true;
  }

  private readmes({ notes, sections }: Gathered): TextFile[] {
    const selected = sections.filter((one) => this.selectsSection(one));
    const environments = new Set([...notes, ...selected].map((one) => one.environment));
    return [...environments].map((environment) => {
      const here = <T extends { readonly environment?: Environment }>(all: readonly T[]) =>
        all.filter((one) => one.environment === environment);
      // Asked of all before the first file is written: a section may find what is wrong.
      const text = readme(environment?.name ?? (this.folder || 'Manifests'), here(notes), here(selected));
      return {
        path: join(environment?.name ?? '', 'README.md'),
        text: () => text,
      };
    });
  }

  private warn({ notes }: Gathered): void {
    if (this.warned) return;
    this.warned = true;
    for (const text of distinct(notes.filter((n) => n.kind === 'warning'))) {
      process.stderr.write(`warning: ${text.replace(/\s+/g, ' ')}\n`);
    }
  }
}

/** What was accepted on an object belongs beside what was accepted by a note. */
function acceptedWeakness({ json, environment }: Placed): PlacedNote[] {
  const reason = json.metadata.annotations?.[WEAKER_ANNOTATION];
  return reason ? [{ kind: 'acceptance', text: `${describe(json)} may be weaker than in staging: ${reason}`, environment }] : [];
}

/** Each production environment is compared with each staging one. */
function comparedStages({ environments, objects }: Gathered): Problem[] {
  const byEnvironment = groupBy(objects, (o) => o.environment);
  const of = (e: Environment): Manifest[] => (byEnvironment.get(e) ?? []).map((o) => o.json);
  const at = (stage: Stage): Environment[] => environments.filter((e) => e.stage === stage);
  return at(Stage.PRODUCTION).flatMap((production) =>
    at(Stage.STAGING).flatMap((staging) =>
      weakerThan(of(staging), of(production)).map((p) => ({
        where: `${production.node.path}: ${p.where}`,
        what: `${p.what} (compared with ${staging.node.path})`,
      })),
    ),
  );
}

function groupBy<K, V>(values: readonly V[], keyOf: (value: V) => K): Map<K, V[]> {
  const groups = new Map<K, V[]>();
  for (const value of values) {
    const group = groups.get(keyOf(value));
    if (group) group.push(value);
    else groups.set(keyOf(value), [value]);
  }
  return groups;
}
