package dev.berth.local.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.berth.core.oci.RepositoryName;
import dev.berth.local.audit.AuditQuery;
import dev.berth.local.audit.AuditReader;
import dev.berth.local.host.DataDirectory;
import dev.berth.local.host.SetupException;
import java.io.Console;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import java.util.function.BiPredicate;
import java.util.regex.Pattern;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code ./berth audit}: who did what. */
@Command(
    name = "audit",
    mixinStandardHelpOptions = true,
    description = {
      "Print the records of calls and of lifecycle rules, oldest first.",
      "On a terminal as a table, else as CloudTrail's JSON, a line each."
    })
final class AuditCommand implements Runnable {

  private static final Pattern EVENT_NAME = Pattern.compile("[A-Za-z0-9]{1,128}");

  @Option(
      names = "--event-name",
      paramLabel = "N",
      description = "Only events of this name, such as PutImage or PolicyExecutionEvent.")
  private Optional<String> eventName = Optional.empty();

  @Option(
      names = "--repository",
      paramLabel = "R",
      description = "Only what concerns the repository of this name.")
  private Optional<String> repository = Optional.empty();

  @Option(
      names = "--since",
      paramLabel = "T",
      description =
          "Only from then on: 2026-01-31T12:00:00Z, 2026-01-31 (UTC), or 15m, 2h, 7d ago.")
  private Optional<String> since = Optional.empty();

  @Option(
      names = "--account",
      paramLabel = "A",
      description = "Only what this account did, or what was done in its registry.")
  private Optional<String> account = Optional.empty();

  @Mixin private DataOption data = new DataOption();

  @Option(names = "--json", description = "JSON on a terminal, too.")
  private boolean json;

  @Spec private CommandSpec spec;

  @Override
  public void run() {
    AuditQuery query = query();
    Path directory = DataDirectory.audit(data.directory());
    if (Files.notExists(directory)) {
      throw new SetupException("there are no records in " + directory + ": run ./berth up");
    }
    print(directory, query);
  }

  private AuditQuery query() {
    check("--event-name", "the name of an event, such as PutImage", eventName, EVENT_NAME);
    check("--account", "an account id of 12 digits", account, UpCommand.ACCOUNT);
    repository
        .filter(name -> RepositoryName.parse(name).isEmpty())
        .ifPresent(name -> refuse("--repository", name, "the name of a repository"));
    Optional<Instant> from = since.flatMap(text -> Since.parse(text, Clock.systemUTC()));
    since
        .filter(text -> from.isEmpty())
        .ifPresent(
            text -> refuse("--since", text, "2026-01-31T12:00:00Z, 2026-01-31, or 15m, 2h or 7d"));
    return new AuditQuery(eventName, repository, from, account);
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

  private void print(Path directory, AuditQuery query) {
    PrintWriter out = spec.commandLine().getOut();
    boolean table = !json && isTerminal();
    if (table) {
      out.println(AuditTable.head());
    }
    BiPredicate<String, JsonNode> printing =
        (line, event) -> {
          out.println(table ? AuditTable.row(event) : line);
          // nobody reads on: of "./berth audit | head"
          return !out.checkError();
        };
    find(directory, query, printing);
    out.flush();
  }

  private static void find(Path directory, AuditQuery query, BiPredicate<String, JsonNode> taker) {
    try {
      new AuditReader(directory).find(query, taker);
    } catch (IOException e) {
      throw new SetupException("the records in %s cannot be read: %s".formatted(directory, e));
    }
  }

  private static boolean isTerminal() {
    return Optional.ofNullable(System.console()).filter(Console::isTerminal).isPresent();
  }
}
