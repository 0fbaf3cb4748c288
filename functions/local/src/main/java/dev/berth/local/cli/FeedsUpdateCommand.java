package dev.berth.local.cli;

import dev.berth.local.host.FeedsQuestion;
import dev.berth.local.host.Maintenance;
import dev.berth.local.host.SetupException;
import java.io.Console;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code ./berth feeds update}: imports what is known of vulnerabilities. */
@Command(
    name = "update",
    mixinStandardHelpOptions = true,
    description = {
      "Import the feeds that have changed, for all regions; scans use them within seconds.",
      "Exits with 1 if one failed: what is in force of it stays, and the others are imported."
    })
final class FeedsUpdateCommand implements Callable<Integer> {

  @Option(
      names = "--from",
      paramLabel = "DIR|URL",
      description = {
        "Files of a directory or of a server instead of the publishers': named as the feed, such as"
            + " debian.zip, alpine-3.22-main.json, amazon-2-x86-64.xml.gz, oracle.xml.bz2 or"
            + " nvd-2024.json.gz. Feeds without one are left as they are."
      })
  private Optional<String> from = Optional.empty();

  @Option(
      names = "--only",
      paramLabel = "FEED",
      split = ",",
      description = "Only these feeds, by what their names begin with: debian,alpine-3.22,nvd.")
  private List<String> only = List.of();

  @Mixin private DataOption data = new DataOption();

  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    FeedsQuestion question = understood();
    boolean terminal =
        Optional.ofNullable(System.console()).filter(Console::isTerminal).isPresent();
    var report =
        new FeedsReport(
            question, spec.commandLine().getOut(), spec.commandLine().getErr(), terminal);
    new Maintenance(data.directory()).updateFeeds(question, report::take);
    return report.end();
  }

  /** Whatever is wrong with the options is a mistake of usage. */
  private FeedsQuestion understood() {
    try {
      var question = new FeedsQuestion(from.map(FeedsUpdateCommand::absolute), only);
      question.selection();
      question.source();
      return question;
    } catch (SetupException e) {
      throw new ParameterException(spec.commandLine(), e.getMessage(), e);
    }
  }

  /** A host that runs has another working directory. */
  private static String absolute(String place) {
    return FeedsQuestion.isUrl(place) ? place : Path.of(place).toAbsolutePath().toString();
  }
}
