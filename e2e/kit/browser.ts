/// <reference lib="dom" />
import { rmSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { type BrowserContext, chromium, type Page } from 'playwright-core';
import { engine } from '../engines';
import { temporaryFolder } from './temporary';

/** A page as a browser shows it. */
export interface OpenPage {
  readonly page: Page;
  /** What it asked for beside its own file, which none of it got. */
  readonly requests: readonly string[];
  /** What it threw, or wrote to the console as an error. */
  readonly errors: readonly string[];
}

/** A browser without a window, with a profile of its own, that reaches nothing but files. */
export class Browser {
  public static async start(): Promise<Browser> {
    const profile = temporaryFolder();
    const context = await chromium.launchPersistentContext(profile, {
      executablePath: engine('chromium').command[0],
      // Its own sandbox refuses to run as root, and wants more than a user of a container has.
      chromiumSandbox: false,
      env: { ...process.env, HOME: profile },
      viewport: { width: 1280, height: 800 },
      args: [
        ...['--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking'],
        ...['--disable-component-update', '--disable-sync', '--host-resolver-rules=MAP * ~NOTFOUND'],
      ],
    });
    return new Browser(context, profile);
  }

  private constructor(
    private readonly context: BrowserContext,
    private readonly profile: string,
  ) {}

  /** Opens a file of this machine. */
  public async open(file: string): Promise<OpenPage> {
    const page = await this.context.newPage();
    const requests: string[] = [];
    const errors: string[] = [];
    const url = pathToFileURL(file).href;
    await page.route('**/*', (route) => {
      if (route.request().url() === url) {
        return route.continue();
      }
      requests.push(route.request().url());
      return route.abort();
    });
    page.on('pageerror', (error) => errors.push(error.message));
    page.on('console', (message) => message.type() === 'error' && errors.push(message.text()));
    await page.goto(url, { waitUntil: 'load' });
    return { page, requests, errors };
  }

  public async stop(): Promise<void> {
    await this.context.close();
    // It writes until it has ended.
    rmSync(this.profile, { recursive: true, force: true, maxRetries: 5 });
  }
}
