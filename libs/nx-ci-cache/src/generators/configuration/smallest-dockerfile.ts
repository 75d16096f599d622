/** A project without a Dockerfile gets the smallest one: every pin of the constraint file, and nothing else. */
export const smallestDockerfile = `# The CI image: built anew when its constraints, its base image or these files change.
ARG BASE_IMAGE
FROM \${BASE_IMAGE}
ARG PYTHON_VERSION
COPY --from=constraints constraints-\${PYTHON_VERSION}.txt /constraints.txt
RUN pip install --no-cache-dir --no-deps --requirement /constraints.txt
`;
