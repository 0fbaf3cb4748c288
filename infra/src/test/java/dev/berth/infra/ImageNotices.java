package dev.berth.infra;

import java.util.List;
import java.util.Map;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.services.events.EventPattern;
import software.amazon.awscdk.services.events.IEventBus;
import software.amazon.awscdk.services.events.Rule;
import software.amazon.awscdk.services.events.targets.LambdaFunction;
import software.amazon.awscdk.services.lambda.Code;
import software.amazon.awscdk.services.lambda.Function;
import software.amazon.awscdk.services.lambda.Runtime;
import software.amazon.awscdk.services.lambda.destinations.SqsDestination;
import software.amazon.awscdk.services.sqs.Queue;
import software.constructs.Construct;

final class ImageNotices extends Construct {

  ImageNotices(Construct scope, String id, IEventBus bus, String source, String jar, String url) {
    super(scope, id);
    var letters =
        Queue.Builder.create(this, "DeadLetters")
            .enforceSsl(true)
            .retentionPeriod(Duration.days(14))
            .build();
    var function =
        Function.Builder.create(this, "Function")
            .runtime(Runtime.JAVA_25)
            .code(Code.fromAsset(jar))
            .handler("dev.berth.samples.events.ImageNotices")
            .environment(Map.of("WEBHOOK_URL", url))
            .memorySize(512)
            .timeout(Duration.seconds(30))
            .retryAttempts(2)
            .onFailure(new SqsDestination(letters))
            .build();
    Rule.Builder.create(this, "Rule")
        .eventBus(bus)
        .eventPattern(
            EventPattern.builder()
                .source(List.of(source))
                .detailType(List.of("ECR Image Action", "ECR Image Scan"))
                .build())
        .targets(
            List.of(
                LambdaFunction.Builder.create(function)
                    .deadLetterQueue(letters)
                    .maxEventAge(Duration.hours(6))
                    .build()))
        .build();
  }
}
