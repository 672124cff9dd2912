import * as fs from 'node:fs';
import { environment } from '../environment';

/**
 * The id of the workspace as `cdk deploy --outputs-file` wrote it, or nothing before the first deployment.
 *
 * @param file path of the outputs file
 */
export function deployedWorkspaceId(file: string): string | undefined {
  if (!fs.existsSync(file)) return undefined;
  const { stack, idOutput } = environment.adot;
  const outputs = JSON.parse(fs.readFileSync(file, 'utf8')) as Record<string, Record<string, string> | undefined>;
  const id = outputs[stack]?.[idOutput];
  if (id === undefined) {
    throw new Error(
      `${file} has no output ${stack}.${idOutput}, but ${Object.keys(outputs).join(', ') || 'nothing'}: deploy ${stack} with --outputs-file, or delete the file`,
    );
  }
  return id;
}
