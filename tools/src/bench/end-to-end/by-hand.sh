#!/usr/bin/env bash
# What a team writes without this plugin: resolve, test, push, and build each image for both platforms with one cache ref.
#   by-hand.sh <folder of the application>   (UV_DEFAULT_INDEX, CUTOFF, REMOTE, REGISTRY, BUILDER name an environment)
set -euo pipefail
app="$1"
uv="${CI_CACHE_UV:-uv}" buildx="${CI_CACHE_BUILDX:-docker-buildx}"
resolve() {
  "$uv" pip compile --quiet --no-config --no-header --no-annotate --only-binary :all: --exclude-newer "$CUTOFF" \
    --python-version "$1" --python-platform linux --output-file "$2" "${@:3}"
}

for python in 3.11 3.13; do
  mkdir -p "out/constraints-$python"
  resolve "$python" "out/constraints-$python/constraints-no-providers-$python.txt" "$app/requirements/core.in"
  resolve "$python" "out/constraints-$python/constraints-$python.txt" "$app/requirements/core.in" "$app/requirements/providers.in"
done

bash "$app/test/run" out

if [ ! -d branch ]; then
  git clone --quiet "$REMOTE" branch
  git -C branch checkout --quiet constraints-main 2>/dev/null || git -C branch checkout --quiet --orphan constraints-main
fi
git -C branch rm -rfq --ignore-unmatch . >/dev/null
cp out/constraints-*/*.txt branch/
git -C branch add --all
if ! git -C branch diff --cached --quiet; then
  git -C branch commit --quiet --message 'Update constraints'
  git -C branch push --quiet origin constraints-main
fi

for python in 3.11 3.13; do
  repository="$REGISTRY/by-hand/python$python"
  "$buildx" build --quiet --builder "$BUILDER" --platform linux/amd64,linux/arm64 --provenance=false \
    --build-context "constraints=branch" --secret id=ca,src=/etc/ssl/certs/ca-certificates.crt \
    --build-arg "BASE_IMAGE=$REGISTRY/base/python:$python" --build-arg "PYTHON_VERSION=$python" \
    --build-arg "UV_DEFAULT_INDEX=$UV_DEFAULT_INDEX" \
    --cache-from "type=registry,ref=$repository:cache" --cache-to "type=registry,ref=$repository:cache,mode=max" \
    --push --tag "$repository:latest" "$app/image"
done
