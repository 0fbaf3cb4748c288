package dev.berth.local.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import dev.berth.core.login.AwsPrincipals;
import dev.berth.core.policy.PolicyReader;
import dev.berth.core.policy.PolicySize;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The samples of logging in from AWS are what they say they are. */
class AwsLoginSamplesTest {

  private static final Path SAMPLES = Path.of("../../samples/aws-login");
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());

  private static List<Path> files(String... endings) throws IOException {
    try (Stream<Path> all = Files.walk(SAMPLES)) {
      return all.filter(file -> Stream.of(endings).anyMatch(file.toString()::endsWith)).toList();
    }
  }

  static List<Path> documents() throws IOException {
    return files(".json", ".yml", ".yaml");
  }

  private static List<JsonNode> read(Path file) throws IOException {
    ObjectMapper mapper = file.toString().endsWith(".json") ? JSON : YAML;
    try (var values = mapper.readerFor(JsonNode.class).<JsonNode>readValues(file.toFile())) {
      return values.readAll();
    }
  }

  @ParameterizedTest
  @MethodSource("documents")
  void everyDocumentIsRead(Path file) throws IOException {
    assertThat(read(file)).isNotEmpty().allMatch(JsonNode::isContainerNode);
  }

  @Test
  void everyKindIsThere() throws IOException {
    assertThat(read(SAMPLES.resolve("kubernetes/registry-login.yaml")))
        .extracting(document -> document.path("kind").textValue())
        .containsExactly("ServiceAccount", "Role", "RoleBinding", "CronJob");
  }

  @Test
  void theListOfPrincipalsIsOne() throws IOException {
    AwsPrincipals list = AwsPrincipals.parse(Files.readString(SAMPLES.resolve("principals.json")));

    assertThat(list.roleOf("arn:aws:sts::111122223333:assumed-role/github-actions/run-1"))
        .isPresent();
    assertThat(list.roleOf("arn:aws:sts::111122223333:assumed-role/registry-login/x")).isPresent();
  }

  @Test
  void thePolicyOfTheRefresherIsOne() throws IOException {
    String policy = Files.readString(SAMPLES.resolve("ecs/refresher-role-policy.json"));

    assertThat(PolicyReader.ofIdentity(PolicySize.INLINE_OF_ROLE).read(policy).statements())
        .hasSize(1);
  }

  /** The script is beside its copy, where it can be read. */
  @Test
  void theRefresherRunsItsScript() throws IOException {
    String script =
        String.join(
            "\n",
            Files.readAllLines(SAMPLES.resolve("ecs/refresh.sh")).stream()
                .filter(line -> !line.startsWith("#"))
                .toList());

    assertThat(
            read(SAMPLES.resolve("ecs/refresher.json"))
                .getFirst()
                .at("/containerDefinitions/0/command/0")
                .textValue())
        .isEqualTo(script + "\n");
  }

  static List<String> scripts() throws IOException {
    List<String> scripts = new ArrayList<>();
    for (Path file : files(".sh")) {
      scripts.add(Files.readString(file));
    }
    for (Path file : documents()) {
      for (JsonNode document : read(file)) {
        Stream.of("run", "args", "command", "script", "before_script")
            .flatMap(name -> document.findValues(name).stream())
            .flatMap(node -> node.isArray() ? node.valueStream() : Stream.of(node))
            .map(JsonNode::textValue)
            .forEach(scripts::add);
      }
    }
    return scripts;
  }

  @ParameterizedTest
  @MethodSource("scripts")
  void everyScriptIsOne(String script) throws Exception {
    Process bash = new ProcessBuilder("bash", "-n").redirectErrorStream(true).start();
    try (OutputStream stdin = bash.getOutputStream()) {
      stdin.write(script.getBytes(StandardCharsets.UTF_8));
    }
    String said = new String(bash.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(bash.waitFor()).as(said).isZero();
  }

  @Test
  void thereAreScriptsEverywhere() throws IOException {
    assertThat(scripts()).hasSizeGreaterThan(8).noneMatch(String::isBlank);
  }
}
