// Ends a browser run with the line that scripts/test.mjs adds up.
/** @returns {import('@web/test-runner').Reporter} */
export function countReporter() {
  return {
    onTestRunFinished({ sessions }) {
      let passed = 0;
      let failed = 0;
      let skipped = 0;
      /** @param {import('@web/test-runner').TestSuiteResult} suite */
      const count = (suite) => {
        for (const test of suite.tests) {
          if (test.skipped) skipped++;
          else if (test.passed) passed++;
          else failed++;
        }
        suite.suites.forEach(count);
      };
      for (const session of sessions) {
        if (session.testResults) count(session.testResults);
        // A file that could not be loaded has no tests to fail: it fails as one.
        if (!session.passed && (session.errors.length > 0 || !session.testResults)) failed++;
      }
      console.log(`browser: ${passed} passed, ${failed} failed, ${skipped} skipped`);
    },
  };
}
