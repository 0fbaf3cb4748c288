package dev.berth.local.host;

import dev.berth.local.bus.LocalBus;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;

/** {@code redrive} and {@code redrive RULE}: a line for each rule, see {@link Redriven}. */
record RedriveCommand(LocalBus bus, Collection<LocalDeployment> deployments)
    implements ControlCommand {

  static final String NAME = "redrive";

  static String question(Optional<String> rule) {
    return NAME + rule.map(name -> " " + name).orElse("");
  }

  @Override
  public void run(List<String> arguments, Consumer<String> answer) {
    Predicate<String> wanted =
        arguments.stream().findFirst().map(Redriven::named).orElse(_ -> true);
    for (LocalDeployment deployment : deployments) {
      String rule = Redriven.outbox(deployment.region());
      if (wanted.test(rule)) {
        answer.accept(Redriven.putBack(rule, deployment.redrive()).line());
      }
    }
    // of other rules nobody would hear, once they are in a queue that nobody serves
    bus.redrive(wanted.and(bus::has))
        .forEach((rule, events) -> answer.accept(Redriven.putBack(rule, events).line()));
    bus.kept(wanted).forEach((rule, events) -> answer.accept(Redriven.kept(rule, events).line()));
  }
}
