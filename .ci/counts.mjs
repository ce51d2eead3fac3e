// From the report of jest and the exit code of the test command: passed and failed, as two numbers.
// A suite that could not run is one failure; so is a test command that fails though no test did.
import { readFileSync } from 'node:fs';

const [file, exitCode] = process.argv.slice(2);
let passed = 0;
let failed = 0;
try {
  const report = JSON.parse(readFileSync(file, 'utf8'));
  passed = report.numPassedTests;
  failed = report.numFailedTests + report.numRuntimeErrorTestSuites;
} catch {
  failed = 1;
}
if (exitCode !== '0' && failed === 0) failed = 1;
if (passed + failed === 0) failed = 1;
console.log(`${passed} ${failed}`);
