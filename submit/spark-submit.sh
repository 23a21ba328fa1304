#!/usr/bin/env bash
# spark-submit for machines without Spark: lays out Spark's jars from Maven Central in .spark/ once, then starts
# them as Spark's own scripts do. Takes the arguments of spark-submit.
set -euo pipefail

home=$(cd -P -- "$(dirname -- "${BASH_SOURCE[0]}")/.." && pwd)
# shellcheck source=submit/common.sh
. "$home/submit/common.sh"

lay_out() (
  find_maven "to fetch Spark; or set SPARK_HOME to a Spark $version"
  say "fetching Spark $version from Maven Central into $spark, once; 290 MB"
  mkdir -p "$home/.spark"
  local unfinished
  unfinished=$(mktemp -d "$home/.spark/unfinished.XXXXXX")
  trap 'rm -rf "$unfinished"' EXIT
  mvn -B -q -f "$home/submit/pom.xml" dependency:copy-dependencies "-DoutputDirectory=$unfinished/jars" >&2 ||
    die "could not fetch Spark $version; run again when Maven Central can be reached, or set SPARK_HOME to a Spark $version"
  # Complete or not there at all; where another run was faster, its jars serve and the trap drops these.
  [ -d "$spark" ] || mv "$unfinished" "$spark"
)

find_java
# The first in the file: a profile for tests may name another.
version=$(sed -n 's:.*<spark.version>\(.*\)</spark.version>.*:\1:p' "$home/pom.xml" | head -n 1)
spark=$home/.spark/$version
[ -d "$spark/jars" ] || lay_out

# Central has the clients of these clusters for some of Spark's versions only.
needs_client_of() {
  local words=" $* "
  case $words in
    *" --master yarn"* | *" --master=yarn"* | *" spark.master=yarn"*) echo yarn ;;
    *" --master k8s:"* | *" --master=k8s:"* | *" spark.master=k8s:"*) echo kubernetes ;;
  esac
}
cluster=$(needs_client_of "$@")
[ -z "$cluster" ] || compgen -G "$spark/jars/spark-${cluster}_*.jar" >/dev/null ||
  die "the Spark fetched into $spark has no client of $cluster; set SPARK_HOME to a Spark $version as downloaded from spark.apache.org"

export SPARK_HOME=$spark SPARK_SCALA_VERSION=2.13
unset SPARK_CONF_DIR
# The launcher answers with a NUL, a newline, then the java command in NUL-ended words; then comes its exit code.
words=()
while IFS= read -r -d '' word; do
  words+=("${word#$'\n'}")
done < <(
  "$java" -Xmx128m -cp "$spark/jars/*" org.apache.spark.launcher.Main org.apache.spark.deploy.SparkSubmit "$@"
  printf '%d\0' $?
)
last=$((${#words[@]} - 1))
[ "${words[last]}" = 0 ] || exit "${words[last]}"
exec "${words[@]:1:last-1}"
