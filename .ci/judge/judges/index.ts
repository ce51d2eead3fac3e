import type { Declaration } from '../declared';
import type { Judge } from '../model';
import { alertmanager } from './alertmanager';
import { apiServer } from './api-server';
import { checkov } from './checkov';
import { flagger } from './flagger';
import { istioctl } from './istioctl';
import { kubeLinter } from './kube-linter';
import { kubeScore } from './kube-score';
import { kubeconform } from './kubeconform';
import { netpolAnalyzer } from './netpol';
import { otelcol } from './otelcol';
import { pluto } from './pluto';
import { promtool } from './promtool';
import { shellcheck } from './shellcheck';

/** In the order in which they are heard: the quick ones first. */
export const judges = (declarations: ReadonlyMap<string, Declaration>): Judge[] => [
  kubeconform,
  shellcheck,
  promtool,
  alertmanager,
  otelcol,
  kubeScore,
  checkov,
  pluto,
  kubeLinter,
  netpolAnalyzer(declarations),
  istioctl,
  apiServer(declarations),
  flagger,
];
