package dev.berth.local.cli;

import dev.berth.local.bus.EventMatcher;
import dev.berth.local.bus.EventTail;
import dev.berth.local.bus.LocalBus;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Visibility;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code ./berth events}: prints the events of the local host as they happen. */
@Command(
    name = "events",
    mixinStandardHelpOptions = true,
    subcommands = RedriveCommand.class,
    description = {
      "Print the last events of the local host, a line of JSON each, and further ones until"
          + " Ctrl-C.",
      "The host need not run."
    })
final class EventsCommand implements Runnable {

  private static final long PAUSE_MILLIS = 100;

  @Option(
      names = "--pattern",
      paramLabel = "JSON",
      description =
          "Only events of this EventBridge pattern, such as"
              + " '{\"detail\":{\"action-type\":[\"DELETE\"]}}'.")
  private Optional<String> pattern = Optional.empty();

  @Option(
      names = "--last",
      paramLabel = "N",
      showDefaultValue = Visibility.ALWAYS,
      description = "How many of the past ones to begin with.")
  private int last = 10;

  @Option(names = "--no-follow", description = "End when the past ones are printed.")
  private boolean ends;

  @Mixin private DataOption data = new DataOption();

  @Spec private CommandSpec spec;

  @Override
  public void run() {
    Optional<EventMatcher> wanted = pattern.map(this::parsed);
    Path directory = data.directory();
    var tail = new EventTail(LocalBus.log(directory));
    PrintWriter out = spec.commandLine().getOut();
    if (!ends) {
      // an asked-for stop is no failure, but the signal that asked would be the exit status
      Runtime.getRuntime().addShutdownHook(new Thread(() -> Runtime.getRuntime().halt(0)));
    }
    print(out, wanted, tail.last(last, event -> matches(wanted, event)));
    try {
      while (!ends && !out.checkError()) {
        Thread.sleep(PAUSE_MILLIS);
        print(out, wanted, tail.next());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private EventMatcher parsed(String json) {
    try {
      return EventMatcher.of(json);
    } catch (IllegalArgumentException e) {
      throw new ParameterException(
          spec.commandLine(), "--pattern: " + e.getMessage().lines().findFirst().orElse(""));
    }
  }

  private static void print(PrintWriter out, Optional<EventMatcher> wanted, List<String> events) {
    events.stream().filter(event -> matches(wanted, event)).forEach(out::println);
    out.flush();
  }

  private static boolean matches(Optional<EventMatcher> wanted, String event) {
    return wanted.isEmpty() || wanted.get().matches(event);
  }
}
