/**
 * Tells which tests passed only at the second try, and how the first one ended. They count as passed, but each is a
 * fault of the test or of the product that waits to be found.
 */
export default class SecondTryReporter {
  #found = [];

  onTestCaseResult(test) {
    if (test.diagnostic()?.flaky !== true) return;
    const [first] = test.result().errors ?? [];
    this.#found.push(
      `  ${test.module.relativeModuleId}: ${test.fullName}\n    ${first?.message ?? 'without a word'}`,
    );
  }

  onTestRunEnd() {
    if (this.#found.length === 0) return;
    console.log(`\nPassed at the second try only: ${this.#found.length}\n${this.#found.join('\n')}`);
  }
}
