package dev.berth.infra;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awscdk.App;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.assertions.Match;
import software.amazon.awscdk.assertions.Template;
import software.amazon.awscdk.services.events.EventBus;

/** The construct that the README of samples/event-consumer shows. */
class EventConsumerSampleTest {

  @TempDir Path directory;

  @Test
  void theReadmeShowsTheConstructThatIsTested() throws IOException {
    String source = Files.readString(Path.of("src/test/java/dev/berth/infra/ImageNotices.java"));
    String shown = source.substring(source.indexOf("import "));

    assertThat(Files.readString(Path.of("../samples/event-consumer/README.md"))).contains(shown);
  }

  @Test
  void theFunctionGetsTheEventsThatItConsumesAndLosesNone() throws IOException {
    assumeTrue(Programs.isOnPath("node"), "the CDK needs node, which is not on the path");
    Path jar = Files.writeString(directory.resolve("event-consumer.jar"), "");
    var stack = new Stack(new App(), "Consumers");
    var bus = EventBus.fromEventBusName(stack, "Bus", "registry");

    new ImageNotices(
        stack, "Notices", bus, "dev.berth.ecr", jar.toString(), "https://hooks.example.com/1");

    var template = Template.fromStack(stack);
    template.hasResourceProperties(
        "AWS::Lambda::Function",
        Map.of(
            "Runtime", "java25",
            "Handler", "dev.berth.samples.events.ImageNotices",
            "Environment",
                Map.of("Variables", Map.of("WEBHOOK_URL", "https://hooks.example.com/1"))));
    template.hasResourceProperties(
        "AWS::Events::Rule",
        Map.of(
            "EventBusName", "registry",
            "EventPattern",
                Map.of(
                    "source", List.of("dev.berth.ecr"),
                    "detail-type", List.of("ECR Image Action", "ECR Image Scan")),
            "Targets",
                List.of(
                    Match.objectLike(
                        Map.of(
                            "DeadLetterConfig", Match.anyValue(),
                            "RetryPolicy", Map.of("MaximumEventAgeInSeconds", 21600))))));
    template.hasResourceProperties(
        "AWS::Lambda::EventInvokeConfig",
        Map.of(
            "MaximumRetryAttempts",
            2,
            "DestinationConfig",
            Map.of("OnFailure", Map.of("Destination", Match.anyValue()))));
  }
}
