import java.io.IOException;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.lucene.analysis.core.WhitespaceAnalyzer;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.Field;
import org.apache.lucene.document.IntField;
import org.apache.lucene.document.NumericDocValuesField;
import org.apache.lucene.document.SortedDocValuesField;
import org.apache.lucene.document.StoredField;
import org.apache.lucene.document.StringField;
import org.apache.lucene.document.TextField;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.NumericDocValues;
import org.apache.lucene.index.SortedDocValues;
import org.apache.lucene.index.StoredFields;
import org.apache.lucene.index.Term;
import org.apache.lucene.queries.spans.SpanNearQuery;
import org.apache.lucene.queries.spans.SpanQuery;
import org.apache.lucene.queries.spans.SpanTermQuery;
import org.apache.lucene.search.BooleanClause.Occur;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.FuzzyQuery;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.PhraseQuery;
import org.apache.lucene.search.PrefixQuery;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.search.ScoreMode;
import org.apache.lucene.search.SimpleCollector;
import org.apache.lucene.search.TermQuery;
import org.apache.lucene.search.TopDocs;
import org.apache.lucene.search.TopScoreDocCollectorManager;
import org.apache.lucene.search.uhighlight.UnifiedHighlighter;
import org.apache.lucene.store.FSDirectory;
import org.apache.lucene.util.BytesRef;

/** Lucene for the benchmark: build FOLDER PASSAGES, or search FOLDER QUERIES KIND FROM TO.
 * Both files are lines with tabs; what `tests.bench.scale.one` prints comes out as JSON.
 */
public final class Lucene {
    private static final int TEN = 10, DEEP = 200, WARM = 10, ROUNDS = 3;
    private final IndexSearcher searcher;
    private final String kind;
    private final int from, to;

    private Lucene(DirectoryReader reader, String[] given) {
        searcher = new IndexSearcher(reader);
        searcher.setQueryCache(null); // each query comes several times here
        kind = given[3];
        from = Integer.parseInt(given[4]);
        to = Integer.parseInt(given[5]);
    }

    public static void main(String[] given) throws Exception {
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        long before = cpu();
        if (given[0].equals("build")) {
            build(Path.of(given[1]), Path.of(given[2]));
            out.printf("{\"cpu\": %s, \"memory\": %s}%n", (cpu() - before) / 1e9, memory());
            return;
        }
        long start = System.nanoTime();
        try (DirectoryReader reader = DirectoryReader.open(FSDirectory.open(Path.of(given[1])))) {
            Lucene engine = new Lucene(reader, given);
            double opened = (System.nanoTime() - start) / 1e6;
            out.println(engine.measured(Files.readAllLines(Path.of(given[2])), opened));
        }
    }

    private static void build(Path folder, Path passages) throws IOException {
        IndexWriterConfig config = new IndexWriterConfig(new WhitespaceAnalyzer());
        config.setRAMBufferSizeMB(256);
        try (IndexWriter writer = new IndexWriter(FSDirectory.open(folder), config);
                var lines = Files.lines(passages)) {
            for (String line : (Iterable<String>) lines::iterator) {
                String[] row = line.split("\t", -1);
                int day = Integer.parseInt(row[2]);
                Document document = new Document();
                document.add(new StoredField("id", row[0]));
                document.add(new StringField("kind", row[1], Field.Store.NO));
                document.add(new SortedDocValuesField("kind", new BytesRef(row[1])));
                document.add(new IntField("day", day, Field.Store.NO));
                document.add(new NumericDocValuesField("year", day / 10000));
                document.add(new StoredField("title", row[3]));
                document.add(new TextField("tokens", row[4], Field.Store.YES));
                writer.addDocument(document);
            }
            writer.forceMerge(1);
        }
    }

    private String measured(List<String> lines, double opened) throws IOException {
        for (int round = 0; round < WARM; round++) {
            for (String line : lines) search(line.split("\t"));
        }
        var thread = ManagementFactory.getThreadMXBean();
        Map<String, List<String>> took = new LinkedHashMap<>();
        List<String> found = new ArrayList<>();
        Map<String, List<String[]>> kinds = new LinkedHashMap<>();
        for (String line : lines) {
            String[] row = line.split("\t");
            kinds.computeIfAbsent(row[0], name -> new ArrayList<>()).add(row);
        }
        for (var kind : kinds.entrySet()) { // in turn, as the others are asked
            List<String[]> rows = kind.getValue();
            long[] best = new long[rows.size()];
            Arrays.fill(best, Long.MAX_VALUE);
            for (int round = 0; round < ROUNDS; round++) {
                for (int n = 0; n < best.length; n++) {
                    long start = thread.getCurrentThreadCpuTime();
                    List<String> ids = search(rows.get(n));
                    best[n] = Math.min(best[n], thread.getCurrentThreadCpuTime() - start);
                    if (round == 0) {
                        found.add(ids.stream().map(id -> '"' + id + '"')
                            .collect(Collectors.joining(",", "[", "]")));
                    }
                }
            }
            took.put(kind.getKey(), Arrays.stream(best)
                .mapToObj(time -> "" + time / 1e6).collect(Collectors.toList()));
        }
        String times = took.entrySet().stream()
            .map(row -> '"' + row.getKey() + "\": " + row.getValue())
            .collect(Collectors.joining(", ", "{", "}"));
        return "{\"open\": " + opened + ", \"took\": " + times + ", \"found\": " + found
            + ", \"memory\": " + memory() + "}";
    }

    private List<String> search(String[] row) throws IOException {
        Query query = query(row);
        int wanted = row[0].equals("hits 191-200") ? DEEP : TEN;
        TopDocs top = searcher.search(query, new TopScoreDocCollectorManager(wanted, Integer.MAX_VALUE));
        if (row[0].equals("two facets over all hits")) searcher.search(query, new Facets());
        if (row[0].equals("ten snippets")) {
            UnifiedHighlighter.builder(searcher, new WhitespaceAnalyzer())
                .withMaxLength(1_000_000).build().highlight("tokens", query, top);
        }
        StoredFields stored = searcher.storedFields();
        List<String> ids = new ArrayList<>();
        for (int n = wanted - TEN; n < top.scoreDocs.length; n++) {
            ScoreDoc hit = top.scoreDocs[n];
            ids.add(stored.document(hit.doc).get("id"));
        }
        return ids;
    }

    private Query query(String[] row) {
        List<Term> terms = new ArrayList<>();
        for (int n = 1; n < row.length; n++) terms.add(new Term("tokens", row[n]));
        BooleanQuery.Builder all = new BooleanQuery.Builder();
        switch (row[0]) {
            case "phrase": {
                PhraseQuery.Builder phrase = new PhraseQuery.Builder();
                terms.forEach(phrase::add);
                return phrase.build();
            }
            case "NEAR/5":
                return new SpanNearQuery(
                    terms.stream().map(SpanTermQuery::new).toArray(SpanQuery[]::new), 4, false);
            case "prefix":
                return new PrefixQuery(terms.get(0));
            case "fuzzy":
                return new FuzzyQuery(terms.get(0), 1, 1);
            case "field + date filter":
                terms.forEach(term -> all.add(new TermQuery(term), Occur.SHOULD));
                return new BooleanQuery.Builder()
                    .add(all.build(), Occur.MUST)
                    .add(new TermQuery(new Term("kind", kind)), Occur.FILTER)
                    .add(IntField.newRangeQuery("day", from, to), Occur.FILTER)
                    .build();
            default: {
                Occur occur = row[0].equals("AND") ? Occur.MUST : Occur.SHOULD;
                terms.forEach(term -> all.add(new TermQuery(term), occur));
                return terms.size() == 1 ? new TermQuery(terms.get(0)) : all.build();
            }
        }
    }

    private static long cpu() {
        var system = ManagementFactory.getOperatingSystemMXBean();
        return ((com.sun.management.OperatingSystemMXBean) system).getProcessCpuTime();
    }

    /** Megabytes at the most with mapped files, and private ones now. */
    private static String memory() throws IOException {
        Map<String, Double> rows = new HashMap<>();
        for (String line : Files.readAllLines(Path.of("/proc/self/status"))) {
            String[] row = line.split("\\s+");
            if (line.endsWith("kB")) rows.put(row[0], Double.parseDouble(row[1]) / 1024);
        }
        return "[" + rows.get("VmHWM:") + ", " + rows.get("RssAnon:") + "]";
    }

    /** Counts kinds and years of all hits. */
    private static final class Facets extends SimpleCollector {
        private final int[] kinds = new int[1000];
        private final Map<Long, Integer> years = new HashMap<>();
        private SortedDocValues kind;
        private NumericDocValues year;

        @Override
        protected void doSetNextReader(LeafReaderContext leaf) throws IOException {
            kind = leaf.reader().getSortedDocValues("kind");
            year = leaf.reader().getNumericDocValues("year");
        }

        @Override
        public void collect(int document) throws IOException {
            if (kind.advanceExact(document)) kinds[kind.ordValue()]++;
            if (year.advanceExact(document)) years.merge(year.longValue(), 1, Integer::sum);
        }

        @Override
        public ScoreMode scoreMode() {
            return ScoreMode.COMPLETE_NO_SCORES;
        }
    }
}
