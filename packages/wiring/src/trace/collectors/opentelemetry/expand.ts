import { type Container, concat, known, textOf, unknown, type Value, written } from '../../../model';
import type { ScalarNode, Span } from '../../../text';
import type { Environment } from '../../environment';
import type { Break } from '../../path';
import type { Origin, Setting } from '../metrics-plan';
import { type Expand, sourceText } from '../prometheus/settings';

/**
 * How a collector reads `$` in its configuration. Since 0.104 (ADOT 0.41) only `${…}` is a variable and a bare `$1` stays;
 * before, `$1` was the variable "1", which nobody sets. `$$` is a plain dollar in all.
 */
export type Dialect = 'bare dollars stay' | 'bare dollars are variables' | 'unknown';

const LATEST = /^(?:latest|main|nightly|master)?$/;

/** What the image shows of the version. ADOT counts its own, the others have the collector's. */
export function dialectOf({ image }: Container): Dialect {
  if (!image) return 'unknown';
  const [, name, tag] = /([^/:@]+)(?::([^@]+))?(?:@.*)?$/.exec(image.value) ?? [];
  const isAdot = /^(?:aws-otel-collector|adot-collector)/.test(name ?? '');
  if (!isAdot && !/opentelemetry-collector|otelcol/.test(name ?? '')) return 'unknown';
  if (LATEST.test(tag ?? '') && !image.value.includes('@')) return 'bare dollars stay';
  const [, major, minor] = /^v?(\d+)\.(\d+)/.exec(tag ?? '') ?? [];
  if (minor === undefined) return 'unknown';
  const first = isAdot ? 41 : 104;
  return Number(major) > 0 || Number(minor) >= first ? 'bare dollars stay' : 'bare dollars are variables';
}

/** Stands in no configuration. */
const MARK = '\uf8f2';
const MOST_ROUNDS = 100;
const BARE = /\$(?:(\$)|([A-Za-z_]\w*|\d+))/g;
const VARIABLE = /\$(?:(\$)|\{([^{}]*)\}|([A-Za-z_]\w*|\d+))/g;

/** Settings as the collector sees them, with its variables filled in. */
export function expander(environment: Environment, dialect: Dialect): Expand {
  return (scalar) => {
    const text = sourceText(scalar);
    if (!text.includes('$')) return { value: written(text, scalar.span), unset: [], origins: [] };
    return new Expansion(scalar, environment, dialect).run(text);
  };
}

class Expansion {
  private readonly unset: string[] = [];
  private readonly origins: Origin[] = [];
  private broken?: Break;

  constructor(
    private readonly scalar: ScalarNode,
    private readonly environment: Environment,
    private readonly dialect: Dialect,
  ) {}

  run(text: string): Omit<Setting, 'span'> {
    const parts = this.dialect === 'bare dollars stay' ? this.resolved(text) : this.replaced(text);
    const value = concat(parts, this.scalar.span);
    const { unset, origins, broken } = this;
    return { value, unset, origins, ...(broken && { broken }) };
  }

  /** All from the left to the right, as versions did it that know bare variables. */
  private replaced(text: string): readonly Value[] {
    const { span } = this.scalar;
    const parts: Value[] = [];
    let from = 0;
    for (const found of text.matchAll(VARIABLE)) {
      const [whole, dollar, braced, bare] = found;
      parts.push(known(text.slice(from, found.index)));
      from = found.index + whole.length;
      if (dollar) parts.push(known('$'));
      else if (braced !== undefined) parts.push(this.reference(braced, span));
      else parts.push(this.bare(bare, span));
    }
    return [...parts, known(text.slice(from))];
  }

  /** One reference after the other, wherever it stands, what they bring in too; then `$$` becomes `$` (confmap). */
  private resolved(text: string): readonly Value[] {
    const { span } = this.scalar;
    const values: Value[] = [];
    let rest = text;
    for (let round = 0; round < MOST_ROUNDS; round++) {
      const found = nextReference(rest);
      if (found === undefined) break;
      const value = this.reference(found.slice(2, -1), span);
      const literal = textOf(value);
      // What has no text yet is kept apart, by its number.
      rest = rest.replaceAll(found, () => literal ?? `${MARK}${values.push(value) - 1}${MARK}`);
    }
    return rest.split(MARK).flatMap((piece, index) => (index % 2 === 1 ? values[Number(piece)] : this.plain(piece)));
  }

  private plain(text: string): readonly Value[] {
    const parts: Value[] = [];
    let from = 0;
    for (const found of text.matchAll(BARE)) {
      const [whole, dollar, bare] = found;
      parts.push(known(text.slice(from, found.index)), dollar ? known('$') : this.bare(bare, this.scalar.span));
      from = found.index + whole.length;
    }
    return [...parts, known(text.slice(from))];
  }

  /** `${env:NAME}`, `${env:NAME:-fallback}`, `${NAME}`; other schemes bring in what nothing here shows. */
  private reference(inner: string, span: Span): Value {
    const [, scheme, rest] = /^(?:([A-Za-z][A-Za-z0-9+.-]+):)?(.*)$/s.exec(inner) ?? [];
    if (scheme !== undefined && scheme !== 'env') return unknown('reference', `\${${inner}}`, undefined, span);
    const [, name, fallback] = /^(.*?)(?::-(.*))?$/s.exec(rest ?? '') ?? [];
    if (!/^[A-Za-z_]\w*$/.test(name ?? '')) {
      if (this.dialect === 'bare dollars are variables') return known('');
      if (this.dialect === 'unknown')
        return unknown('version', `what \${${inner}} is to this version of the collector`);
      this.broken ??= {
        claim: 'dollar-is-escaped',
        message: `the collector takes \${${inner}} for a variable of that name, and does not start`,
        span,
        related: [],
        help: `write $$\{${inner}}, or $$${inner}`,
      };
      return known('');
    }
    // Without its scheme it is also what envsubst and its like fill in before anything is applied.
    if (scheme === undefined && fallback === undefined && !this.environment.read(name)) return written(`$\{${name}}`);
    return this.variable(name, fallback);
  }

  private bare(name: string, span: Span): Value {
    const isGroup = /^\d/.test(name);
    if (this.dialect === 'bare dollars stay') return isGroup ? known(`$${name}`) : written(`$${name}`);
    if (this.dialect === 'unknown') {
      if (isGroup) return unknown('version', `what $${name} is to this version of the collector`, `write $$${name}`);
      return this.variable(name, undefined);
    }
    if (!isGroup) return this.variable(name, undefined);
    this.broken ??= {
      claim: 'dollar-is-escaped',
      message: `this version of the collector takes $${name} for a variable, which is empty`,
      span,
      related: [],
      help: `write $$${name}`,
    };
    return known('');
  }

  private variable(name: string, fallback: string | undefined): Value {
    const reading = this.environment.read(name);
    this.broken ??= reading?.broken;
    // A fallback is for what is not set; what is set to nothing is nothing.
    if (!reading) {
      if (fallback === undefined) this.unset.push(name);
      return known(fallback ?? '');
    }
    if (reading.value.span) this.origins.push({ variable: name, span: reading.value.span });
    return reading.value;
  }
}

/**
 * The reference that the collector fills in next: it ends at the first `}` and begins at the last `${` before it. Behind
 * one that is escaped (`$${…}`) it looks for no other.
 */
function nextReference(text: string): string | undefined {
  let from = 0;
  for (let end = text.indexOf('}'); end !== -1; end = text.indexOf('}', from)) {
    const start = text.slice(from, end).lastIndexOf('${');
    if (start !== -1) {
      const [dollars] = /\$*$/.exec(text.slice(from, from + start)) ?? [''];
      return dollars.length % 2 === 1 ? undefined : text.slice(from + start, end + 1);
    }
    from = end + 1;
  }
  return undefined;
}
