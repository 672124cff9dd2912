import {
  concat,
  dataOf,
  known,
  type Located,
  type PolicyDocument,
  type Role,
  type Surroundings,
  type Value,
} from '../../model';
import { MappedText, type SourceText } from '../../text';
import { at } from '../access';
import { readJson } from '../json';
import { readPolicy } from '../policy';
import type { Problem } from '../problem';
import type { RoleConfig } from '../sightline-json';

/** A role that `sightline.json` names, with its policies read: only where it lives is not known yet. */
export type DeclaredRole = (surroundings: Surroundings) => Role;

/** Reads files of JSON as IAM's console and CLI take them. */
export function declaredRoles(
  roles: readonly RoleConfig[],
  read: (path: string) => SourceText | undefined,
): { readonly roles: readonly DeclaredRole[]; readonly problems: readonly Problem[] } {
  const problems: Problem[] = [];
  const declared = roles.map(({ name, trust, policies }): DeclaredRole => {
    const label = `role ${lastPart(name.value)}`;
    const trusted = readDocument(trust, `the trust policy of ${label}`, read, problems);
    const files = policies.filter((one) => !isArn(one));
    const documents = files.flatMap((file) => readDocument(file, `policy ${file.value} of ${label}`, read, problems));
    return (surroundings) => ({
      label,
      name: known(lastPart(name.value), name.span),
      arn: arnOf(name.value, surroundings),
      policies: documents,
      managedPolicyArns: policies.filter(isArn).map(({ value, span }) => known(value, span)),
      span: name.span,
      ...(trusted[0] && { trust: trusted[0] }),
    });
  });
  return { roles: declared, problems };
}

function readDocument(
  { value: path, span }: Located<string>,
  label: string,
  read: (path: string) => SourceText | undefined,
  problems: Problem[],
): readonly PolicyDocument[] {
  const source = read(path);
  if (!source) {
    problems.push({ code: 'missing-path', message: `there is no ${path}, which sightline.json names`, span });
    return [];
  }
  const reading = readJson(MappedText.whole(source));
  problems.push(...reading.problems);
  if (!reading.value) return [];
  if (!at(reading.value, 'Statement')) {
    const message = `${path}, which sightline.json names as a policy, is none`;
    problems.push({ code: 'not-recognised', message, span, help: 'a policy document has a Statement' });
    return [];
  }
  return [readPolicy(dataOf(reading.value), label) ?? { label, statements: [] }];
}

function isArn({ value }: Located<string>): boolean {
  return value.startsWith('arn:');
}

/** Of a name with a path, such as `observability/Meter`. */
function lastPart(name: string): string {
  return name.slice(name.lastIndexOf('/') + 1);
}

function arnOf(name: string, { partition, account }: Surroundings): Value {
  return concat([known('arn:'), partition, known(':iam::'), account, known(`:role/${name}`)]);
}
