import { Problems, show } from '../../kernel/errors';
import { TEXT, needed } from '../../kernel/shape';

export interface TraceTagModel {
  readonly kind: 'literal' | 'header' | 'environment';
  /** The text itself, or the name of the header or variable. */
  readonly value: string;
  readonly defaultValue?: string;
}

/** Headers that hold credentials: whoever may read a trace must not get them. */
const SECRET_HEADER =
  /(^|-)(authorization|cookie|token|secret|password|signature|api-?key|assertion)(-|$)|^x-forwarded-client-cert$/;

/** A tag of each span. https://istio.io/latest/docs/reference/config/telemetry/#Tracing-CustomTag */
export class TraceTag {
  /** The same text on every span. @throws ConfigError */
  static literal(value: string): TraceTag {
    return TraceTag.make({ kind: 'literal', value }, (text) => (text === '' ? 'is empty; say what the tag holds' : undefined));
  }

  /** The value of a header of the request. @param defaultValue where it has none @throws ConfigError */
  static header(name: string, defaultValue?: string): TraceTag {
    return TraceTag.make({ kind: 'header', value: name, defaultValue }, (text) => {
      if (!/^[a-z0-9][a-z0-9_-]{0,126}$/.test(text)) return 'is no name of a header; write it in lower case, like "x-tenant"';
      return SECRET_HEADER.test(text)
        ? 'holds credentials as a rule, and whoever may read a trace would read them; use another header'
        : undefined;
    });
  }

  /** A variable of the proxy, not of the application. @param defaultValue where it is not set @throws ConfigError */
  static environment(name: string, defaultValue?: string): TraceTag {
    return TraceTag.make({ kind: 'environment', value: name, defaultValue }, (text) =>
      /^[A-Za-z_][A-Za-z0-9_]{0,126}$/.test(text) ? undefined : 'is no name of a variable; write it like "ISTIO_META_CLUSTER_ID"',
    );
  }

  private static make(model: TraceTagModel, wrong: (text: string) => string | undefined): TraceTag {
    const { kind, value, defaultValue } = model;
    const problems = new Problems(`TraceTag.${kind}`);
    const text = needed(value, TEXT, problems, kind === 'literal' ? 'value' : 'name');
    const what = text === undefined ? undefined : wrong(text);
    if (what) problems.add(`${show(value)} ${what}`);
    if (defaultValue !== undefined) needed(defaultValue, TEXT, problems, 'defaultValue');
    problems.throwIfAny();
    return new TraceTag(model);
  }

  private constructor(
    /** @internal */
    readonly model: TraceTagModel,
  ) {
    Object.freeze(this);
  }
}
