package dev.berth.local.cli;

import dev.berth.local.host.Maintenance;
import dev.berth.local.host.Redriven;
import java.io.PrintWriter;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code ./berth events redrive}: has dead letters delivered once more. */
@Command(
    name = "redrive",
    mixinStandardHelpOptions = true,
    description = {
      "Put the events that could not be delivered back into the queues of their rules, and say how"
          + " many of each.",
      "A running host delivers them at once, and leaves those of rules that it does not have. Else"
          + " the next host delivers them that has their rule.",
      "Exits with 0 if none is left, with 1 if some are."
    })
final class RedriveCommand implements Callable<Integer> {

  /** What rules can be called, and Berth's own, behind their region. */
  private static final Pattern RULE = Pattern.compile("[A-Za-z0-9._-]+(/[A-Za-z0-9._-]+)?");

  @Option(
      names = "--rule",
      paramLabel = "NAME",
      description =
          "Only those of this rule: the name of one of your own, or such as replication or"
              + " us-east-1/replication for one of Berth's; outbox for events that were never"
              + " published.")
  private Optional<String> rule = Optional.empty();

  @Mixin private DataOption data = new DataOption();

  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    rule.filter(name -> !RULE.matcher(name).matches())
        .ifPresent(
            name -> {
              throw new ParameterException(
                  spec.commandLine(), "--rule: '" + name + "' is no name of a rule");
            });
    List<Redriven> rules = new Maintenance(data.directory()).redrive(rule);
    print(rules.stream().filter(one -> one.events() + one.kept() > 0).toList());
    return rules.stream().allMatch(one -> one.kept() == 0) ? 0 : 1;
  }

  private void print(List<Redriven> rules) {
    PrintWriter out = spec.commandLine().getOut();
    rules.forEach(one -> out.println(one.rule() + ": " + outcome(one)));
    if (rules.isEmpty()) {
      out.println("no dead letters" + rule.map(name -> " of " + name).orElse(""));
    }
    out.flush();
  }

  private static String outcome(Redriven one) {
    return one.kept() > 0
        ? one.kept() + " left, as the host that runs has no such rule"
        : one.events() + " redriven";
  }
}
