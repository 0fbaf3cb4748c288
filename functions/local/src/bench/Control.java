import java.io.BufferedOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the script {@code control} asks of a server itself, and the requests that it has wrk ask.
 * Arguments: port, then one of
 *
 * <ul>
 *   <li>{@code prepare LAYERS}: 50 repositories, one of them with 100 images; whether images need
 *       layers that exist
 *   <li>{@code create LAYERS}: 16 repositories for PutImage to fill
 *   <li>{@code delete}: those
 *   <li>{@code requests OPERATION COUNT FILE}: signs so many requests (no two of them alike if they
 *       are PutImage's) and writes them, each after its length and a line feed
 *   <li>{@code load COUNT}: a repository with so many images
 *   <li>{@code pages OPERATION SIZE}: prints the median times of pages at the beginning, in the
 *       middle and at the end of that repository, in ms, and how many pages there are
 * </ul>
 */
final class Control {

  private static final int CONNECTIONS = 16;
  private static final int IMAGES = 100;
  private static final int FILLED = 16;
  private static final String LAYER = "layer";
  private static final Pattern TOKEN = Pattern.compile("\"nextToken\":\\s*\"([^\"]+)\"");
  private static final Pattern UPLOAD = Pattern.compile("\"uploadId\":\\s*\"([^\"]+)\"");

  private final int port;

  private Control(int port) {
    this.port = port;
  }

  public static void main(String[] arguments) throws Exception {
    var control = new Control(Integer.parseInt(arguments[0]));
    switch (arguments[1]) {
      case "prepare" -> control.prepare(arguments[2].equals("layers"));
      case "create" -> control.create(arguments[2].equals("layers"));
      case "delete" -> control.delete();
      case "requests" ->
          control.requests(arguments[2], Integer.parseInt(arguments[3]), Path.of(arguments[4]));
      case "load" -> control.load(Integer.parseInt(arguments[2]));
      case "pages" -> control.pages(arguments[2], Integer.parseInt(arguments[3]));
      default -> throw new IllegalArgumentException(arguments[1]);
    }
  }

  // ---- what is asked ---------------------------------------------------------------------------

  private void prepare(boolean layers) throws IOException {
    try (var wire = new Wire(port)) {
      for (int i = 0; i < 50; i++) {
        create(wire, "bench" + i, layers && i == 0);
      }
      for (int i = 0; i < IMAGES; i++) {
        wire.call("PutImage", put("bench0", i));
      }
    }
  }

  private void create(boolean layers) throws IOException {
    try (var wire = new Wire(port)) {
      for (int i = 0; i < FILLED; i++) {
        create(wire, "put" + i, layers);
      }
    }
  }

  private void delete() throws IOException {
    try (var wire = new Wire(port)) {
      for (int i = 0; i < FILLED; i++) {
        wire.call("DeleteRepository", "{\"repositoryName\":\"put%d\",\"force\":true}".formatted(i));
      }
    }
  }

  private void requests(String operation, int count, Path file) throws IOException {
    var signer = new Signer(port);
    try (var out = new BufferedOutputStream(Files.newOutputStream(file))) {
      for (int i = 0; i < count; i++) {
        byte[] request = signer.request(operation, body(operation, i));
        out.write((request.length + "\n").getBytes(StandardCharsets.US_ASCII));
        out.write(request);
      }
    }
  }

  private static String body(String operation, int number) {
    return switch (operation) {
      case "DescribeRepositories" -> "{}";
      case "DescribeImages" -> "{\"repositoryName\":\"bench0\"}";
      case "BatchGetImage" ->
          "{\"repositoryName\":\"bench0\",\"imageIds\":[{\"imageTag\":\"v%d\"}]}"
              .formatted(number % IMAGES);
      case "PutImage" -> put("put" + number % FILLED, number);
      default -> throw new IllegalArgumentException(operation);
    };
  }

  private void load(int count) throws Exception {
    try (var wire = new Wire(port)) {
      create(wire, "pages", true);
    }
    var next = new AtomicInteger();
    together(
        (wire, connection) -> {
          for (int i = next.getAndIncrement(); i < count; i = next.getAndIncrement()) {
            wire.call("PutImage", put("pages", i));
          }
        });
  }

  private void pages(String operation, int size) throws IOException {
    List<double[]> walks = new ArrayList<>();
    try (var wire = new Wire(port)) {
      for (int i = 0; i < 4; i++) {
        walks.add(walk(wire, operation, size));
      }
    }
    // the first walk finds cold code
    double[] pages = new double[walks.get(0).length];
    for (int page = 0; page < pages.length; page++) {
      int at = page;
      pages[page] = median(walks.stream().skip(1).mapToDouble(walk -> walk[at]).toArray());
    }
    int tenth = Math.max(1, pages.length / 10);
    int middle = (pages.length - tenth) / 2;
    System.out.printf(
        "%.2f %.2f %.2f %d%n",
        median(Arrays.copyOfRange(pages, 0, tenth)),
        median(Arrays.copyOfRange(pages, middle, middle + tenth)),
        // the very last may be a short one
        median(Arrays.copyOfRange(pages, pages.length - tenth - 1, pages.length - 1)),
        pages.length);
  }

  private static double[] walk(Wire wire, String operation, int size) throws IOException {
    List<Double> times = new ArrayList<>();
    String token = "";
    do {
      long from = System.nanoTime();
      String page =
          wire.call(
              operation,
              "{\"repositoryName\":\"pages\",\"maxResults\":%d%s}".formatted(size, token));
      times.add((System.nanoTime() - from) / 1e6);
      Matcher next = TOKEN.matcher(page);
      token = next.find() ? ",\"nextToken\":\"" + next.group(1) + "\"" : "";
    } while (!token.isEmpty());
    return times.stream().mapToDouble(Double::doubleValue).toArray();
  }

  // ---- content ---------------------------------------------------------------------------------

  /** A repository, and the one layer that all its images are of. */
  private static void create(Wire wire, String name, boolean layers) throws IOException {
    wire.call("CreateRepository", "{\"repositoryName\":\"%s\"}".formatted(name));
    if (layers) {
      Matcher upload =
          UPLOAD.matcher(
              wire.call("InitiateLayerUpload", "{\"repositoryName\":\"%s\"}".formatted(name)));
      if (!upload.find()) {
        throw new IOException("InitiateLayerUpload named no upload");
      }
      String at = "{\"repositoryName\":\"%s\",\"uploadId\":\"%s\"".formatted(name, upload.group(1));
      wire.call(
          "UploadLayerPart",
          at
              + ",\"partFirstByte\":0,\"partLastByte\":%d,\"layerPartBlob\":\"%s\"}"
                  .formatted(
                      LAYER.length() - 1, Base64.getEncoder().encodeToString(LAYER.getBytes())));
      wire.call("CompleteLayerUpload", at + ",\"layerDigests\":[\"%s\"]}".formatted(digest()));
    }
  }

  /** An image of its own, under a tag of its own. */
  private static String put(String repository, int number) {
    String descriptor =
        "{\"mediaType\":\"%s\",\"digest\":\"" + digest() + "\",\"size\":" + LAYER.length() + "}";
    String manifest =
        """
        {"schemaVersion":2,"mediaType":"application/vnd.oci.image.manifest.v1+json",\
        "config":%s,"layers":[%s],"annotations":{"number":"%s-%d"}}\
        """
            .formatted(
                descriptor.formatted("application/vnd.oci.image.config.v1+json"),
                descriptor.formatted("application/vnd.oci.image.layer.v1.tar+gzip"),
                repository,
                number);
    return "{\"repositoryName\":\"%s\",\"imageTag\":\"v%d\",\"imageManifest\":\"%s\"}"
        .formatted(repository, number, manifest.replace("\"", "\\\""));
  }

  private static String digest() {
    return "sha256:" + Signer.hash(LAYER.getBytes(StandardCharsets.UTF_8));
  }

  // ---- clients ---------------------------------------------------------------------------------

  private interface Work {
    void on(Wire wire, int connection) throws IOException;
  }

  private void together(Work work) throws Exception {
    var threads = new Thread[CONNECTIONS];
    for (int i = 0; i < CONNECTIONS; i++) {
      int connection = i;
      threads[i] = new Thread(() -> run(work, connection));
      threads[i].start();
    }
    for (Thread thread : threads) {
      thread.join();
    }
  }

  private void run(Work work, int connection) {
    try (var wire = new Wire(port)) {
      work.on(wire, connection);
    } catch (IOException e) {
      System.err.println("control: " + e.getMessage());
      System.exit(1);
    }
  }

  private static double median(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    return sorted[sorted.length / 2];
  }
}
