package dev.berth.clients;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The shell of a reader of ECR's guide, in which commands work as they are printed there: {@code
 * aws} reaches the region that it is told, else the first, of a Berth that serves several.
 */
final class GuideShell {

  private static final ObjectMapper JSON = new ObjectMapper();

  private final Path home;
  private final List<String> regions;
  private final List<String> hosts;
  private final Map<String, String> environment;

  /** By the place of their region; each costs a process. */
  private final Map<Integer, String> passwords = new HashMap<>();

  /**
   * @param berth serves these regions at ports one after another
   */
  GuideShell(Path home, Berth berth, List<String> regions) {
    this.home = home;
    this.regions = regions;
    String[] host = berth.host().split(":");
    hosts =
        IntStream.range(0, regions.size())
            .mapToObj(i -> host[0] + ":" + (Integer.parseInt(host[1]) + i))
            .toList();
    environment = new TreeMap<>(berth.awsEnvironment().orElseThrow());
    // version 2 of the AWS CLI prints times as text, unless told to print them as they came
    Path wire = write("aws.config", "[default]\ncli_timestamp_format = wire\n");
    environment.put("AWS_CONFIG_FILE", wire.toString());
    environment.put("BASH_ENV", write("aws.sh", script()).toString());
  }

  private GuideShell(GuideShell before, Map<String, String> environment) {
    this.home = before.home;
    this.regions = before.regions;
    this.hosts = before.hosts;
    this.environment = environment;
  }

  /**
   * The same shell for whom these variables are.
   *
   * @param credentials AWS_ACCESS_KEY_ID and so on, in place of those that were exported before
   */
  GuideShell as(Map<String, String> credentials) {
    var changed = new TreeMap<>(environment);
    changed.keySet().removeIf(name -> name.equals("AWS_SESSION_TOKEN"));
    changed.putAll(credentials);
    return new GuideShell(this, changed);
  }

  private String script() {
    String cases =
        IntStream.range(0, regions.size())
            .mapToObj(i -> "    %s) host=%s ;;\n".formatted(regions.get(i), hosts.get(i)))
            .collect(Collectors.joining());
    return """
    aws() {
      local region=%s host=nowhere previous= word
      for word in "$@"; do
        if [ "$previous" = --region ]; then region=$word; fi
        previous=$word
      done
      case $region in
    %s  esac
      command aws --output json --endpoint-url "http://$host" "$@"
    }
    """
        .formatted(regions.getFirst(), cases);
  }

  /** Saves a file that a command reads. */
  Path write(String name, String content) {
    try {
      return Files.writeString(home.resolve(name), content);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** {@code host:port} of a region, by its place. */
  String host(int region) {
    return hosts.get(region);
  }

  String run(String command) {
    return command(command).run();
  }

  /** For a command that prints a secret. */
  String quietly(String command) {
    return command(command).quietly().run().strip();
  }

  JsonNode json(String command) {
    try {
      return JSON.readTree(run(command));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What a command prints that has to fail. */
  String failure(String command) {
    Command.Result result = command(command).attempt();
    assertThat(result.status()).as(result.transcript()).isNotZero();
    return result.transcript();
  }

  /**
   * Pushes an image of its own with plain requests.
   *
   * @param region the place of its region
   */
  void push(int region, String repository, String... tags) throws IOException {
    Image image = Images.in(home).write(repository + ":" + UUID.randomUUID(), 1000);
    try (var client = new RawClient(host(region), "AWS", password(region))) {
      for (String tag : tags) {
        Pushes.push(client, repository, tag, image);
      }
    }
  }

  private String password(int region) {
    return passwords.computeIfAbsent(
        region, at -> quietly("aws ecr get-login-password --region " + regions.get(at)));
  }

  private Command command(String line) {
    return Command.in(home, "bash", "-c", line).with(environment);
  }
}
