import { dataOf, known, type PolicyDocument } from '@eks-sightline/wiring/lib/model';
import { readJson } from '@eks-sightline/wiring/lib/read/json';
import { readPolicy } from '@eks-sightline/wiring/lib/read/policy';
import { MappedText, SourceText } from '@eks-sightline/wiring/lib/text';
import type { KeyValue, RequestContext } from '@eks-sightline/wiring/lib/trace/iam';
import type { PolicyCase, WrittenPolicy } from './policies';

/** As our reader has it, from its text. */
export function read(policy: WrittenPolicy): PolicyDocument {
  const { value } = readJson(MappedText.whole(new SourceText('policy.json', JSON.stringify(policy))));
  const document = value && readPolicy(dataOf(value), 'the policy');
  if (!document) throw new Error(`not read: ${JSON.stringify(policy)}`);
  return document;
}

/** The keys of a request; those of `hidden` are in it, and nobody says what they are. */
export function contextOf(context: PolicyCase['context'], hidden: ReadonlySet<string> = new Set()): RequestContext {
  const lower = new Map(Object.entries(context).map(([key, value]) => [key.toLowerCase(), value]));
  return (key): KeyValue => {
    if (hidden.has(key)) return { kind: 'unknown', missing: { kind: 'context', what: key } };
    const value = lower.get(key);
    if (value === undefined) return { kind: 'absent' };
    return { kind: 'present', values: (typeof value === 'string' ? [value] : value).map((one) => known(one)) };
  };
}
