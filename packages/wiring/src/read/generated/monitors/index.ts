import type { KubeObject } from '../../../model';
import type { MonitorJob, MonitorMaker } from './maker';
import { probeJobs, scrapeConfigJobs } from './other-monitors';
import { podMonitorJobs } from './pod-monitor';
import { serviceMonitorJobs } from './service-monitor';

export type { MonitorJob, MonitorMaker } from './maker';

export type MonitorKind = 'PodMonitor' | 'ServiceMonitor' | 'Probe' | 'ScrapeConfig';

/** Objects of the Prometheus operator by which people say what is scraped, and how their kinds are called in permissions. */
export const MONITORS: Readonly<Record<MonitorKind, string>> = {
  PodMonitor: 'podmonitors',
  ServiceMonitor: 'servicemonitors',
  Probe: 'probes',
  ScrapeConfig: 'scrapeconfigs',
};

const MAKERS: Readonly<Record<MonitorKind, (object: KubeObject, maker: MonitorMaker) => readonly MonitorJob[]>> = {
  PodMonitor: podMonitorJobs,
  ServiceMonitor: serviceMonitorJobs,
  Probe: probeJobs,
  ScrapeConfig: scrapeConfigJobs,
};

export function isMonitor({ apiVersion, kind }: KubeObject): boolean {
  return apiVersion.startsWith('monitoring.coreos.com/') && Object.hasOwn(MONITORS, kind);
}

/** The jobs that a monitor becomes. */
export function monitorJobs(object: KubeObject, maker: MonitorMaker): readonly MonitorJob[] {
  return isMonitor(object) ? MAKERS[object.kind as MonitorKind](object, maker) : [];
}
