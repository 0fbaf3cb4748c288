package dev.berth.lambda.ecr;

import dev.berth.core.oci.RepositoryName;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * An operation with members of every kind, so that tests of the frame need none of the real ones.
 */
record Probe(Function<Probe.Request, Probe.Response> work)
    implements Operation<Probe.Request, Probe.Response> {

  record Request(
      Optional<String> registryId,
      String repositoryName,
      Optional<Integer> maxResults,
      Optional<Boolean> force,
      List<ImageId> imageIds,
      Optional<byte[]> blob) {
    Request {
      registryId.ifPresent(id -> Constraints.registryId("registryId", id));
      Constraints.repositoryName("repositoryName", repositoryName);
      MaxResults.check(maxResults);
      imageIds = Constraints.optionalList("imageIds", imageIds, 1, 2);
    }
  }

  record ImageId(Optional<String> imageTag) {
    ImageId {
      imageTag.ifPresent(tag -> Constraints.length("imageTag", tag, 1, 300));
    }
  }

  record Response(Optional<String> text, Optional<Instant> at, List<String> list) {}

  @Override
  public String resource(Request request, Caller caller) {
    return Arns.repository(
        caller.region(),
        caller.registry(request.registryId()).account(),
        new RepositoryName(request.repositoryName()));
  }

  @Override
  public Response run(Request request, Caller caller) {
    return work.apply(request);
  }
}
