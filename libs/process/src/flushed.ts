/** What goes to a pipe is still on its way when the call returns: Nx ends the process of a task then, and the rest is lost. */

/** Resolves when whoever reads the two outputs has taken all that was written, or is gone. */
export const flushed = async (): Promise<void> => {
  await Promise.all(
    [process.stdout, process.stderr].map((stream) =>
      stream.writableLength === 0 ? undefined : new Promise<void>((done) => stream.write('', () => done())),
    ),
  );
};
