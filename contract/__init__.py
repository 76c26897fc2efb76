"""The contract kit: does a server keep the published page?"""
