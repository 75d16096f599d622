# shellcheck shell=bash disable=SC2154 # what it names stands in tools/setup, which sources it
# What is built here from Go modules: nobody else's binary is run.

buildkit_tools() {
  if [ -x "$tools/bin/buildkitd" ] && [ -x "$tools/bin/buildctl" ]; then report "buildkit $BUILDKIT_VERSION" ok; return; fi
  grep -qE "^\s*github.com/moby/buildkit $BUILDKIT_VERSION( |$)" "$gomod/go.mod" ||
    fail "tools/versions.env says BuildKit $BUILDKIT_VERSION and tools/go/buildkit/go.mod another version." \
      "cd tools/go/buildkit && go get -tool github.com/moby/buildkit/cmd/{buildkitd,buildctl}@$BUILDKIT_VERSION && go mod tidy"
  new_scratch
  (cd "$gomod" && go build -ldflags "-X github.com/moby/buildkit/version.Version=$BUILDKIT_VERSION" -o "$scratch/" tool) ||
    fail 'BuildKit did not build, see above.' "cd $gomod && go build -o /tmp/ tool"
  mv "$scratch"/build* "$tools/bin/"
  report "buildkit $BUILDKIT_VERSION" installed
}

buildx_tool() {
  if [ -x "$tools/bin/buildx" ]; then report "buildx $BUILDX_VERSION" ok; return; fi
  new_scratch
  GOBIN="$scratch" go install -ldflags "-X github.com/docker/buildx/version.Version=$BUILDX_VERSION" \
    "github.com/docker/buildx/cmd/buildx@$BUILDX_VERSION" ||
    fail 'buildx did not build, see above.' "go install github.com/docker/buildx/cmd/buildx@$BUILDX_VERSION"
  mv "$scratch/buildx" "$tools/bin/buildx"
  report "buildx $BUILDX_VERSION" installed
}

distribution_tool() {
  local version; version="$(sed -n 's/^require github.com\/distribution\/distribution\/v3 //p' "$registrymod/go.mod")"
  if [ -x "$registry/bin/registry" ]; then report "registry $version" ok; return; fi
  new_scratch
  (cd "$registrymod" && go build -ldflags '-s -w' -o "$scratch/registry" .) ||
    fail 'The registry of Distribution did not build, see above.' "cd $registrymod && go build -o /tmp/ ."
  mkdir -p "$registry/bin"
  mv "$scratch/registry" "$registry/bin/"
  report "registry $version" installed
}

actionlint_tool() {
  if [ -x "$linters/bin/actionlint" ]; then report "actionlint $ACTIONLINT_VERSION" ok; return; fi
  grep -qE "^\s*github.com/rhysd/actionlint $ACTIONLINT_VERSION( |$)" "$lintmod/go.mod" ||
    fail "tools/linters.env says actionlint $ACTIONLINT_VERSION and tools/go/actionlint/go.mod another version." \
      "cd tools/go/actionlint && go get -tool github.com/rhysd/actionlint/cmd/actionlint@$ACTIONLINT_VERSION && go mod tidy"
  new_scratch
  (cd "$lintmod" && go build -o "$scratch/" tool) ||
    fail 'actionlint did not build, see above.' "cd $lintmod && go build -o /tmp/ tool"
  mkdir -p "$linters/bin"
  mv "$scratch/actionlint" "$linters/bin/"
  report "actionlint $ACTIONLINT_VERSION" installed
}
