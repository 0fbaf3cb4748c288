package dev.berth.local.files;

import java.util.ArrayList;
import java.util.List;

/** Another JVM with this one's class path. */
final class ChildJvm {

  private ChildJvm() {}

  static List<String> command(Class<?> main, String... arguments) {
    var command = new ArrayList<String>();
    command.add(System.getProperty("java.home") + "/bin/java");
    command.addAll(List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xmx256m"));
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
    command.addAll(List.of(arguments));
    return command;
  }
}
