import { checked } from '../core/check';
import { checkedLuaPattern } from './lua-pattern';

/** What is looked for, and how much of what is found stays in front of the mask. */
interface Search {
  /** Pattern of Lua. When something is to stay, it is the only capture. */
  readonly lua: string;
  readonly keeps: boolean;
}

/**
 * A text that is not to leave the node, wherever it stands in a line.
 *
 * Fluent Bit replaces parts of a text by a script in Lua alone, so these are patterns of Lua, not regular expressions.
 *
 * @see https://www.lua.org/manual/5.1/manual.html#5.4.1
 */
export class LogPattern {
  /**
   * E-mail addresses whose characters are ASCII.
   */
  public static emailAddresses(): LogPattern {
    return new LogPattern([{ lua: '%f[%w._%%+%-][%w._%%+%-]+@[%w%-]+%.[%w.%-]*%w', keeps: false }]);
  }

  /**
   * Tokens of 16 characters or more after the word `Bearer`, as in the HTTP header `Authorization` (RFC 6750). The word itself stays.
   */
  public static bearerTokens(): LogPattern {
    return new LogPattern([
      { lua: `(${caseless('bearer')}%s+)${'[%w%-._~+/]'.repeat(16)}[%w%-._~+/]*=*`, keeps: true },
    ]);
  }

  /**
   * Names and passwords of the HTTP header `Authorization: Basic` (RFC 7617). The header's name and the word `Basic` stay.
   */
  public static basicCredentials(): LogPattern {
    const header = `${caseless('authorization')}["'\x01]?%s*[:=]%s*["'\x01]?${caseless('basic')}%s+`;
    return new LogPattern([{ lua: `(${header})[%w+/]+=*`, keeps: true }]);
  }

  /**
   * Access key ids of AWS, which start with `AKIA`, `ASIA` or `ABIA`. A secret access key looks like any other text: mask the field or
   * the assignment that holds it.
   *
   * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html#identifiers-unique-ids
   */
  public static awsAccessKeyIds(): LogPattern {
    return new LogPattern([{ lua: `%f[%w]A[BKS]IA${'[%u%d]'.repeat(16)}%f[%W]`, keeps: false }]);
  }

  /**
   * JSON Web Tokens in their compact form (RFC 7519).
   */
  public static jsonWebTokens(): LogPattern {
    return new LogPattern([{ lua: '%f[%w_%-]eyJ[%w_%-]+%.eyJ[%w_%-]+%.[%w_%-]*', keeps: false }]);
  }

  /**
   * What stands after a name and an equals sign, up to white space, a quote, `&`, `;` or a comma: `password=…` in a query, in a form or in
   * lines of names and values. Name and sign stay, and capital letters are not told from small ones.
   *
   * @param name The name, such as `password`
   */
  public static assignment(name: string): LogPattern {
    checked('LogPattern.assignment', name, {
      matches: /^\w[\w.-]{0,127}$/,
      allowed: 'at most 128 letters, digits, underscores, dots and hyphens, with none of the last two in front',
      mend: 'Give the name alone, without the sign.',
    });
    return new LogPattern([
      // The quotes of a text within JSON come as a control character.
      { lua: `(%f[%w_]${caseless(name)}=["\x01])[^"\x01]+`, keeps: true },
      { lua: `(%f[%w_]${caseless(name)}=)[^%s%c"'&;,\\]+`, keeps: true },
    ]);
  }

  /**
   * What a pattern of Lua finds, without captures: `%f[%d]%d%d%d%-%d%d%-%d%d%d%d%f[%D]`, for example. It is searched for at every position of
   * every line: let it start with a frontier (`%f`) or a fixed text.
   *
   * @param pattern At most 200 printable ASCII characters. It must not find the empty text
   */
  public static matching(pattern: string): LogPattern {
    return new LogPattern([{ lua: checkedLuaPattern('LogPattern.matching', pattern), keeps: false }]);
  }

  private readonly searches: Search[];

  private constructor(searches: Search[]) {
    this.searches = searches;
  }

  /**
   * What the script looks for.
   *
   * @internal
   */
  public _searches(): Search[] {
    return this.searches;
  }
}

/** Lua knows no option for it. */
function caseless(text: string): string {
  return text.replace(/./g, (character) => {
    const [small, large] = [character.toLowerCase(), character.toUpperCase()];
    return small === large ? `%${character}`.replace(/^%(?=\w$)/, '') : `[${small}${large}]`;
  });
}
