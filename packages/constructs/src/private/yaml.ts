import { type IResolveContext, Lazy, Stack, Token } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';

/**
 * YAML whose last key holds YAML again, as a block of text: what AMP takes as the definition of an alert manager.
 *
 * The inner text may hold values that only the deployment knows (ARNs), so it cannot be indented as one string: the
 * parts between those values are.
 */
export function yamlAroundYaml(scope: IConstruct, outer: object, key: string, inner: object): string {
  const stack = Stack.of(scope);
  const produce = (context: IResolveContext) => {
    const before = Object.keys(outer).length > 0 ? partsOf(context, stack.toYamlString(outer)) : [];
    const block = partsOf(context, stack.toYamlString(inner)).map((part) =>
      typeof part === 'string' ? part.replace(/\n(?=[^\n])/g, '\n  ') : part,
    );
    const parts = [...before, `${key}: |\n  `, ...block];
    return parts.every((part) => typeof part === 'string') ? parts.join('') : { 'Fn::Join': ['', parts] };
  };
  return Token.asString(Lazy.uncachedAny({ produce }));
}

/** Literal text, and between it what CloudFormation fills in. */
function partsOf(context: IResolveContext, text: string): unknown[] {
  const resolved = context.resolve(text);
  return typeof resolved === 'object' && 'Fn::Join' in resolved ? resolved['Fn::Join'][1] : [resolved];
}
