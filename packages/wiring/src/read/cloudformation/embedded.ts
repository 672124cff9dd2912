import { leafOf } from '../../model';
import type { MappedText, Node, ScalarNode } from '../../text';
import { itemsAt, scalarAt } from '../access';
import { type Embedded, EmbeddedBuilder } from '../embedded';
import { map, scalar } from '../generated/tree';
import type { Evaluator } from './evaluate';

/**
 * A text that stands in a property, as it is or built by `Fn::Sub` and `Fn::Join`, with the places of its letters. Of
 * another function the value is taken as a whole.
 */
export function embeddedAt(node: Node, scope: Evaluator): Embedded {
  const builder = new EmbeddedBuilder();
  add(node, scope, builder);
  return builder.build(node.span);
}

function add(node: Node, scope: Evaluator, into: EmbeddedBuilder): void {
  if (node.kind === 'scalar') {
    into.text(node.text());
    return;
  }
  const sub = scalarAt(node, 'Fn::Sub') ?? scalarAt(node, 'Fn::Sub', 0);
  const [separator, list] = itemsAt(node, 'Fn::Join');
  if (sub) addSub(sub, node, scope, into);
  else if (separator?.kind === 'scalar' && list?.kind === 'list') {
    for (const [index, item] of list.items.entries()) {
      if (index > 0 && separator.value !== '') into.text(separator.text());
      add(item, scope, into);
    }
  } else into.value(leafOf(scope.evaluate(node)), node.span);
}

function addSub(template: ScalarNode, node: Node, scope: Evaluator, into: EmbeddedBuilder): void {
  const text: MappedText = template.text();
  let from = 0;
  for (const found of text.text.matchAll(/\$\{([^}]*)\}/g)) {
    const at = found.index;
    into.text(text.slice(from, at));
    from = at + found[0].length;
    const name = found[1].trim();
    if (name.startsWith('!')) {
      into.text(text.slice(at, at + 2));
      into.text(text.slice(at + 3, from));
      continue;
    }
    const local = node.kind === 'map' ? itemsAt(node, 'Fn::Sub')[1] : undefined;
    const own = local?.kind === 'map' ? local.entries.get(name)?.value : undefined;
    const span = text.span(at, from);
    const call = map(span, { 'Fn::Sub': scalar(found[0], span) });
    into.value(leafOf(scope.evaluate(own ?? call)), span);
  }
  into.text(text.slice(from, text.text.length));
}
