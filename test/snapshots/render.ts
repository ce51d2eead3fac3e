import { Chart } from 'cdk8s';
import { GitOpsApp } from 'cdk8s-banking';
import { parseAllDocuments, stringify } from 'yaml';

/** Renders a chart and gives the body of one object as YAML: what stands behind apiVersion, kind and metadata. */
export function bodies(build: (chart: Chart) => void): (kind: string, name: string) => string {
  const app = new GitOpsApp();
  build(new Chart(app, 'chart'));
  const documents = parseAllDocuments(app.synthYaml());
  return (kind, name) => {
    const found = documents.filter((one) => one.get('kind') === kind && one.getIn(['metadata', 'name']) === name);
    if (found.length !== 1) throw new Error(`${found.length} objects are ${kind} ${name}`);
    const { apiVersion: _apiVersion, kind: _kind, metadata: _metadata, ...rest } = found[0]!.toJS() as Record<string, unknown>;
    return `\n${stringify(rest, { lineWidth: 0 })}`;
  };
}
