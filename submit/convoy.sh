#!/usr/bin/env bash
# Runs one of Convoy's commands by spark-submit; train.sh, check.sh, evaluate.sh and the others call this.
set -euo pipefail

home=$(cd -P -- "$(dirname -- "${BASH_SOURCE[0]}")/.." && pwd)
# shellcheck source=submit/common.sh
. "$home/submit/common.sh"
jar=$home/spark-job/target/convoy.jar
default_recipe=$home/conf/lenet5-fashion-sample.conf

has_default_recipe() {
  [ "$command" = train ] || [ "$command" = check ]
}

usage() {
  local me="submit/convoy.sh COMMAND" default=
  [ -z "$command" ] || me="submit/convoy.sh $command"
  [ ! -f "$home/submit/$command.sh" ] || me=submit/$command.sh
  ! has_default_recipe || default="
RECIPE defaults to conf/lenet5-fashion-sample.conf."
  cat <<END
usage: $me [spark-submit options] [RECIPE.conf] [key=value ...]

  spark-submit options   such as --master spark://host:7077, --driver-memory 8g, --conf spark.task.cpus=2;
                         without --master the run is local, on all cores
  --dry-run              print the command and stop
  --help                 print this and the application's own help

What follows the options goes to the application: a recipe and values that override its own.$default
conf/spark-defaults.conf is passed along unless --properties-file names another.
SPARK_HOME says which Spark to use; without it Spark is fetched into .spark/ once.
END
}

# The application's own help, where it has been built.
application_help() {
  [ -f "$jar" ] || return 0
  local help
  find_java
  help=$("$java" -cp "$jar:$home/.spark/*/jars/*" org.convoy.spark.cli.Convoy ${command:+"$command"} --help 2>/dev/null) || return 0
  printf '\n%s\n' "$help"
}

command=
case ${1-} in
  "" | -*) ;;
  *)
    command=$1
    shift
    ;;
esac

# spark-submit's options end at the first word that is neither an option nor the value of one.
options=()
dry_run=false
own_properties=false
while (($#)); do
  case $1 in
    --dry-run) dry_run=true ;;
    -h | --help)
      usage
      application_help
      exit 0
      ;;
    --)
      shift
      break
      ;;
    --properties-file=*)
      own_properties=true
      options+=("$1")
      ;;
    --*=*) options+=("$1") ;;
    -v | --verbose | --supervise | --load-spark-defaults) options+=("$1") ;;
    -c | --archives | --class | --conf | --deploy-mode | --driver-class-path | --driver-cores | \
      --driver-java-options | --driver-library-path | --driver-memory | --exclude-packages | --executor-cores | \
      --executor-memory | --files | --jars | --keytab | --master | --name | --num-executors | --packages | \
      --principal | --properties-file | --proxy-user | --queue | --remote | --repositories | --total-executor-cores)
      (($# > 1)) || die "spark-submit's option $1 needs a value"
      [ "$1" != --properties-file ] || own_properties=true
      options+=("$1" "$2")
      shift
      ;;
    -*) die "$1 is no option of spark-submit for applications; options of the application come after the recipe, or after --" ;;
    *) break ;;
  esac
  shift
done

if [ -z "$command" ]; then
  usage >&2
  exit 2
fi
if has_default_recipe; then
  case ${1-} in
    "" | -* | *=*) set -- "$default_recipe" "$@" ;;
  esac
fi

if [ -n "${SPARK_HOME:-}" ]; then
  spark_submit=$SPARK_HOME/bin/spark-submit
  [ -x "$spark_submit" ] || die "SPARK_HOME is $SPARK_HOME, but $spark_submit is not there; set it to a Spark 4.1, or unset it to have one fetched"
  # A distribution says so itself: "Spark 4.1.3 (git revision ...) built for Hadoop 3.4.2".
  release=$(head -n 1 "$SPARK_HOME/RELEASE" 2>/dev/null) || release=
  case $release in
    "" | "Spark 4."*) ;;
    *) die "expected Spark 4.1 in SPARK_HOME, got $release in $SPARK_HOME; set it to a Spark 4.1, or unset it to have one fetched" ;;
  esac
else
  spark_submit=$home/submit/spark-submit.sh
fi
if ! $own_properties; then
  # Beside the cluster's own, which spark-submit would otherwise leave out.
  options=(--properties-file "$home/conf/spark-defaults.conf" --load-spark-defaults ${options[@]+"${options[@]}"})
fi
# By this variable it comes before, and so yields to, a --driver-java-options of the user.
log="\"-Dlog4j2.configurationFile=$home/conf/log4j2.properties\""
export SPARK_SUBMIT_OPTS="$log${SPARK_SUBMIT_OPTS:+ $SPARK_SUBMIT_OPTS}"
submission=("$spark_submit" "${options[@]}" "$jar" "$command" "$@")

if $dry_run; then
  printf 'SPARK_SUBMIT_OPTS=%q' "$SPARK_SUBMIT_OPTS"
  printf ' %q' "${submission[@]}"
  printf '\n'
  exit 0
fi

find_java
if [ ! -f "$jar" ]; then
  find_maven "to build the application"
  say "building $jar, once: mvn -B -q -DskipTests package"
  (cd "$home" && mvn -B -q -DskipTests package) >&2 || die "the build failed, see above; nothing was run"
fi
exec "${submission[@]}"
