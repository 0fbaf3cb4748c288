package dev.berth.local.cli;

import dev.berth.core.oci.RepositoryName;
import dev.berth.local.host.LifecycleQuestion;
import dev.berth.local.host.Maintenance;
import java.io.Console;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code ./berth lifecycle run}: deletes what lifecycle policies expire. */
@Command(
    name = "run",
    mixinStandardHelpOptions = true,
    description = {
      "Delete the images that lifecycle policies expire, and say how many of which repository.",
      "A running host does it by itself every day. Exits with 1 if it failed for a repository."
    })
final class LifecycleRunCommand implements Callable<Integer> {

  @Option(
      names = "--dry-run",
      description = "Only say what would expire: a line for each image, and why.")
  private boolean dryRun;

  @Option(names = "--repository", paramLabel = "NAME", description = "Only this repository.")
  private Optional<String> repository = Optional.empty();

  @Option(names = "--region", paramLabel = "R", description = "Only in this region.")
  private Optional<String> region = Optional.empty();

  @Option(names = "--account", paramLabel = "A", description = "Only in this account's registry.")
  private Optional<String> account = Optional.empty();

  @Mixin private DataOption data = new DataOption();

  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    repository
        .filter(name -> RepositoryName.parse(name).isEmpty())
        .ifPresent(name -> refuse("--repository", name, "the name of a repository"));
    check("--region", "a region such as us-east-1", region, UpCommand.REGION);
    check("--account", "an account id of 12 digits", account, UpCommand.ACCOUNT);
    var question = new LifecycleQuestion(dryRun, region, account, repository);
    boolean terminal =
        Optional.ofNullable(System.console()).filter(Console::isTerminal).isPresent();
    var report =
        new LifecycleReport(
            question, spec.commandLine().getOut(), spec.commandLine().getErr(), terminal);
    new Maintenance(data.directory()).expire(question, report::take);
    return report.end();
  }

  private void check(String option, String what, Optional<String> value, Pattern rule) {
    value
        .filter(text -> !rule.matcher(text).matches())
        .ifPresent(text -> refuse(option, text, what));
  }

  private void refuse(String option, String value, String what) {
    throw new ParameterException(
        spec.commandLine(), "%s: '%s' is not %s".formatted(option, value, what));
  }
}
