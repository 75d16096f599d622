/** The deadline of a publication at a step, not after a time: what a machine does until then takes as long as it takes. */

/** From now on every ordinary deadline is over; `jest.restoreAllMocks()` turns the clock back. */
export const passDeadline = (): void => {
  const now = performance.now();
  jest.spyOn(performance, 'now').mockReturnValue(now + 600_000);
};
