/** Runs axe on an element and everything inside it, shadow roots included. */
import { assert } from '@open-wc/testing';
import axe from 'axe-core';

/** A part of a page has no landmarks of its own. */
const OFF = { region: { enabled: false } };

export async function assertAccessible(element: Element): Promise<void> {
  const { violations } = await axe.run(element, { rules: OFF });
  const found = violations.map(
    ({ id, nodes }) =>
      `${id}: ${nodes.map(({ target, failureSummary }) => `${target.join(' ')} ${failureSummary ?? ''}`).join('; ')}`,
  );
  assert.deepEqual(found, []);
}
