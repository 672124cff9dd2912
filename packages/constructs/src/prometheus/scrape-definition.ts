import { readFileSync } from 'node:fs';
import { Fn, Token } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';
import { invalidProp } from '../private/errors';

/**
 * What a managed collector scrapes: the configuration of Prometheus, as a text or from a file.
 *
 * AMP shows its own proposal by `aws amp get-default-scraper-configuration`.
 *
 * @example
 * const definition = ScrapeDefinition.fromText(`
 * scrape_configs:
 *   - job_name: pods
 *     kubernetes_sd_configs:
 *       - role: pod
 * `);
 */
export class ScrapeDefinition {
  /**
   * The configuration as text.
   *
   * @param text YAML with a top-level key `scrape_configs`
   */
  public static fromText(text: string): ScrapeDefinition {
    return new ScrapeDefinition('text', () => text);
  }

  /**
   * The configuration from a file, read when the app is synthesized.
   *
   * @param path of a file of YAML with a top-level key `scrape_configs`; relative to the working directory
   */
  public static fromFile(path: string): ScrapeDefinition {
    return new ScrapeDefinition(`file ${path}`, () => readFileSync(path, 'utf8'));
  }

  private readonly origin: string;
  private readonly read: () => string;

  private constructor(origin: string, read: () => string) {
    this.origin = origin;
    this.read = read;
  }

  /**
   * In base 64, as AMP takes it.
   *
   * @internal
   */
  public _render(scope: IConstruct): string {
    const text = this.read();
    if (Token.isUnresolved(text)) {
      return Fn.base64(text);
    }
    if (!/^\s*[{"']*scrape_configs["']?\s*:/m.test(text)) {
      throw invalidProp(scope, {
        prop: this.origin,
        got: text.length > 60 ? `${text.slice(0, 60)}…` : text,
        allowed: 'YAML with a top-level key scrape_configs',
        mend: 'Start from what aws amp get-default-scraper-configuration prints, decoded from base 64.',
      });
    }
    return Buffer.from(text, 'utf8').toString('base64');
  }
}
