# shellcheck shell=bash
# Sourced: sets `java` to a Java that can run Convoy, or ends with a message.

find_java() {
  if [ -n "${JAVA_HOME:-}" ]; then
    java=$JAVA_HOME/bin/java
    [ -x "$java" ] || die "JAVA_HOME is $JAVA_HOME, but $java is not there; set JAVA_HOME to a JDK 17 or newer"
  else
    java=$(command -v java) || die "no java found; install a JDK 17 or newer and set JAVA_HOME to it, or put java on the PATH"
  fi
  local version major
  version=$("$java" -version 2>&1 | sed -n 's/.* version "\([^"]*\)".*/\1/p')
  major=${version%%[.-]*}
  [ "${major:-0}" -ge 17 ] 2>/dev/null || die "expected Java 17 or newer, got ${version:-none} from $java; set JAVA_HOME to a newer JDK"
}

find_maven() {
  command -v mvn >/dev/null || die "no mvn found, needed $1; install Maven 3.8.6 or newer"
}

say() {
  printf 'convoy: %s\n' "$*" >&2
}

die() {
  say "$*"
  exit 1
}
