package dev.berth.lambda.oci;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.berth.core.audit.Elements;
import dev.berth.core.oci.Digest;
import dev.berth.core.oci.RepositoryName;
import dev.berth.lambda.http.Request;
import dev.berth.lambda.http.Response;
import dev.berth.registry.upload.ContentRange;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/**
 * What an exchange asks for and what came of it, in the members of the ECR action that it is. Of
 * the query no more than what is named here: it may hold an upload's state.
 *
 * @param request with a watched body, where it has one
 * @param body of an exchange that takes one
 */
record RecordedExchange(Routes.Found found, Request request, Optional<WatchedBody> body) {

  private static final String UPLOAD_ID = "uploadId";

  static RecordedExchange of(Routes.Found found, Request request) {
    boolean takesBody =
        switch (request.method()) {
          case "POST", "PATCH", "PUT" -> true;
          default -> false;
        };
    if (!takesBody) {
      return new RecordedExchange(found, request, Optional.empty());
    }
    // one more than is recorded: of a larger one nothing is
    int kept = is(found, "PutImage") ? Elements.LARGEST + 1 : 0;
    var body = new WatchedBody(request.body(), kept);
    return new RecordedExchange(found, request.withBody(body), Optional.of(body));
  }

  private static boolean is(Routes.Found found, String action) {
    return found.route().action().filter(action::equals).isPresent();
  }

  Optional<RepositoryName> name() {
    return found.name();
  }

  private ObjectNode begun() {
    ObjectNode members = JsonNodeFactory.instance.objectNode();
    found.name().ifPresent(name -> members.put("repositoryName", name.value()));
    return members.put("registryId", request.registry().account());
  }

  private String argument() {
    return found.argument();
  }

  JsonNode parameters(Optional<Response> response) {
    ObjectNode members = begun();
    switch (found.route().action().orElseThrow()) {
      case "UploadLayerPart" -> addPart(members.put(UPLOAD_ID, argument()), response);
      case "CompleteLayerUpload" -> {
        members.put(UPLOAD_ID, argument());
        request.query().first("digest").ifPresent(members.putArray("layerDigests")::add);
      }
      case "BatchCheckLayerAvailability" -> members.putArray("layerDigests").add(argument());
      case "GetDownloadUrlForLayer" -> members.put("layerDigest", argument());
      case "PutImage" -> addImage(members);
      case "BatchGetImage" -> {
        addImageId(members.putArray("imageIds").addObject());
        addAccepted(members);
      }
      case "BatchDeleteImage" -> addImageId(members.putArray("imageIds").addObject());
      case "ListImageReferrers" -> members.putObject("subjectId").put("imageDigest", argument());
      default -> addPage(members);
    }
    return members;
  }

  private void addPage(ObjectNode members) {
    request.query().first("n").ifPresent(most -> members.put("maxResults", most));
  }

  /** Where the bytes belong: as the client says, else as it turned out. */
  private void addPart(ObjectNode members, Optional<Response> response) {
    Optional<ContentRange> range =
        request.headers().first("Content-Range").flatMap(ContentRange::parse);
    if (range.isPresent()) {
      members.put("partFirstByte", range.get().first()).put("partLastByte", range.get().last());
    } else if (body.isPresent() && body.get().count() > 0) {
      response
          .flatMap(RecordedExchange::received)
          .ifPresent(
              received ->
                  members
                      .put("partFirstByte", received - body.get().count())
                      .put("partLastByte", received - 1));
    }
  }

  /** Bytes that an upload has, by the Range of its answer, which ends with the last one. */
  private static Optional<Long> received(Response response) {
    return response
        .headers()
        .first("Range")
        .map(range -> Long.parseLong(range.substring(range.indexOf('-') + 1)) + 1);
  }

  private ObjectNode addImageId(ObjectNode members) {
    boolean digest = argument().indexOf(':') >= 0;
    return members.put(digest ? "imageDigest" : "imageTag", argument());
  }

  private void addImage(ObjectNode members) {
    addImageId(members);
    // what is refused before it is read has no manifest that could be told, not an empty one
    if (body.orElseThrow().count() > 0) {
      addManifest(members);
    }
    request
        .headers()
        .first("Content-Type")
        .ifPresent(type -> members.put("imageManifestMediaType", type));
  }

  private void addManifest(ObjectNode members) {
    String text = new String(body.orElseThrow().beginning(), StandardCharsets.UTF_8);
    members.put("imageManifest", text);
  }

  private void addAccepted(ObjectNode members) {
    List<String> accepted = request.headers().all("Accept");
    if (!accepted.isEmpty()) {
      var types = members.putArray("acceptedMediaTypes");
      for (String type : String.join(",", accepted).split(",")) {
        types.add(type.split(";", 2)[0].strip());
      }
    }
  }

  /** What a success changed. */
  Optional<JsonNode> elements(Response response) {
    ObjectNode members = begun();
    return switch (found.route().action().orElseThrow()) {
      case "InitiateLayerUpload" -> Optional.of(begunUpload(response));
      case "UploadLayerPart" -> {
        members.put(UPLOAD_ID, argument());
        received(response).ifPresent(bytes -> members.put("lastByteReceived", bytes - 1));
        yield Optional.of(members);
      }
      case "CompleteLayerUpload" ->
          Optional.of(members.put(UPLOAD_ID, argument()).put("layerDigest", digest(response)));
      case "PutImage" -> Optional.of(image(members, response));
      case "BatchDeleteImage" -> {
        ObjectNode deleted = JsonNodeFactory.instance.objectNode();
        addImageId(deleted.putArray("imageIds").addObject());
        deleted.putArray("failures");
        yield Optional.of(deleted);
      }
      default -> Optional.empty();
    };
  }

  /** A layer that came along, or was mounted, is there without an upload. */
  private static JsonNode begunUpload(Response response) {
    ObjectNode members = JsonNodeFactory.instance.objectNode();
    return response
        .headers()
        .first("Docker-Upload-UUID")
        .map(id -> members.put(UPLOAD_ID, id))
        .orElseGet(() -> members.put("layerDigest", digest(response)));
  }

  private JsonNode image(ObjectNode image, Response response) {
    addManifest(image);
    ObjectNode id = image.putObject("imageId").put("imageDigest", digest(response));
    if (argument().indexOf(':') < 0) {
      id.put("imageTag", argument());
    }
    ObjectNode members = JsonNodeFactory.instance.objectNode();
    members.set("image", image);
    return members;
  }

  private static String digest(Response response) {
    return response.headers().first("Docker-Content-Digest").orElse("");
  }

  /** The repository that a layer is asked to be mounted from. */
  Optional<RepositoryName> mountSource() {
    return is(found, "InitiateLayerUpload") && mounted().isPresent()
        ? request.query().first("from").flatMap(RepositoryName::parse)
        : Optional.empty();
  }

  private Optional<Digest> mounted() {
    return request.query().first("mount").flatMap(Digest::parse);
  }

  JsonNode mountParameters(RepositoryName from) {
    return JsonNodeFactory.instance
        .objectNode()
        .put("repositoryName", from.value())
        .put("registryId", request.registry().account())
        .put("layerDigest", mounted().map(Digest::toString).orElse(""));
  }
}
