/** Known vulnerabilities, in what users install and in what we build with. Where the registry can't say, it is not run. */
import { spawnSync } from 'node:child_process';

const { stdout } = spawnSync('npm', ['audit', '--json'], { encoding: 'utf8' });
const report = JSON.parse(stdout || '{}');
const counts = report.metadata?.vulnerabilities;
if (!counts) {
  console.log(`npm audit: not run: ${(report.message ?? report.error?.summary ?? 'no answer').split(' - ')[0]}`);
} else {
  for (const { name, severity, via } of Object.values(report.vulnerabilities ?? {})) {
    console.error(`${severity}: ${name}: ${via.map((one) => one.title ?? one).join(', ')}`);
  }
  console.log(`npm audit: ${counts.total} known vulnerabilities`);
  process.exitCode = counts.total === 0 ? 0 : 1;
}
