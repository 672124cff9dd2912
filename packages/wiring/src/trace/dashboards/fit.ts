import { type Panel, type PanelQuery, textOf } from '../../model';
import type { HopBuilder } from '../path';
import { isPrometheus } from './plugins';
import type { ResolvedSource } from './resolved-source';

/** Do the questions of a panel suit the data source that it reads? */
export function judgeFit(
  hop: HopBuilder,
  panel: Panel,
  queries: readonly PanelQuery[],
  who: string,
  { source }: ResolvedSource,
): void {
  const type = source.type && textOf(source.type);
  if (type === undefined) return;
  const misfit = queries.find((query) => !suits(query, type));
  if (!misfit) return;
  const said = panel.dataSource?.type ?? queries.find(({ dataSource }) => dataSource?.type)?.dataSource?.type;
  const asks = misfit.logs ? 'CloudWatch Logs' : 'an expression, such as PromQL';
  hop.breaks({
    claim: 'data-source-fits-panel',
    message: `${who} asks ${asks}, and ${source.label} is of type ${type}`,
    span: (misfit.expression ?? misfit.logs?.text)?.span ?? misfit.span,
    related: [
      { span: source.type?.span ?? source.span, message: `${source.label} is made here` },
      ...(said && said.value !== type ? [{ span: said.span, message: `the panel takes it for ${said.value}` }] : []),
    ],
    help: 'name a data source of the type that the panel was made for',
  });
}

/** Only what is certain: CloudWatch has no expressions of this kind, and Prometheus no log groups. */
function suits({ expression, logs, isForCloudWatch }: PanelQuery, type: string): boolean {
  // A query keeps what it was asked by before somebody chose another data source for it.
  if (type === 'cloudwatch') return isForCloudWatch || expression === undefined;
  return !(logs && expression === undefined && isPrometheus(type));
}
