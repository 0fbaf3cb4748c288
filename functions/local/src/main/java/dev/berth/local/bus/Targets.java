package dev.berth.local.bus;

import dev.berth.local.bus.Rule.Target;
import java.time.Duration;

/** How events are sent to the targets of users' rules, and how long those are waited for. */
final class Targets {

  private static final Duration HTTP_PATIENCE = Duration.ofSeconds(10);
  private static final Duration COMMAND_PATIENCE = Duration.ofMinutes(1);
  private static final Duration FUNCTION_PATIENCE = Duration.ofMinutes(1);

  private Targets() {}

  static Sender sender(Target target) {
    return switch (target) {
      case Target.Url(var url) -> new HttpSender(url, HTTP_PATIENCE);
      case Target.Command(var line) -> new CommandSender(line, COMMAND_PATIENCE);
      case Target.Function(var jar, var handler) ->
          new FunctionSender(jar, handler, FUNCTION_PATIENCE);
    };
  }
}
