import { join } from 'node:path';
import { engine } from '../engines';
import type { OpenPage } from './browser';

/** What Mermaid says of a graph in its language: the kind of diagram, or why it can't be read. */
export async function readMermaid({ page }: OpenPage, graph: string): Promise<{ kind?: string; error?: string }> {
  await page.addScriptTag({ path: join(engine('mermaid').home, 'dist', 'mermaid.min.js') });
  return page.evaluate(async (text) => {
    const { mermaid } = globalThis as unknown as {
      mermaid: { parse(text: string): Promise<{ diagramType: string }> };
    };
    return mermaid.parse(text).then(
      ({ diagramType }) => ({ kind: diagramType }),
      (error: Error) => ({ error: error.message }),
    );
  }, graph);
}
